;; The exponentials of a row of logits, four at a time: a decode step of 1024 tokens and a codebook of 2048 needs two million,
;; and they were half of its time in JavaScript.
;;
;; The logits lie from address 0, as many as fill blocks of 16, padded with -inf.
(module
  (memory (export "memory") 1)

  ;; The largest logit before the address `end`.
  (func (export "largest") (param $end i32) (result f32)
    (local $at i32) (local $most v128)
    (local.set $most (f32x4.splat (f32.const -inf)))
    (loop $next
      (local.set $most (f32x4.pmax (local.get $most) (v128.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
      (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most)))))

  ;; Σ 2 ** (scale · (logit − largest)) over the logits before `end` that are not below `least`; writes the running sum after
  ;; every block of 16 from `end` on, as f64. A term is exact to 3e-7 of it, and never below 2 ** -126.
  (func (export "sum") (param $end i32) (param $largest f32) (param $least f32) (param $scale f32) (result f64)
    (local $at i32) (local $blockEnd i32) (local $out i32) (local $total f64)
    (local $logits v128) (local $power v128) (local $whole v128) (local $rest v128) (local $block v128)
    (local.set $out (local.get $end))
    (loop $nextBlock
      (local.set $block (f32x4.splat (f32.const 0)))
      (local.set $blockEnd (i32.add (local.get $at) (i32.const 64)))
      (loop $nextFour
        (local.set $logits (v128.load (local.get $at)))
        (local.set $power
          (f32x4.max
            (f32x4.mul (f32x4.sub (local.get $logits) (f32x4.splat (local.get $largest))) (f32x4.splat (local.get $scale)))
            (f32x4.splat (f32.const -126))))
        (local.set $whole (f32x4.nearest (local.get $power)))
        (local.set $rest (f32x4.sub (local.get $power) (local.get $whole)))
        ;; 2 ** rest by its series, then the whole part added to the exponent.
        (local.set $power (f32x4.splat (f32.const 0.00015403530)))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 0.0013333558))))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 0.0096181291))))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 0.0555041087))))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 0.2402265070))))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 0.6931471806))))
        (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $rest)) (f32x4.splat (f32.const 1))))
        (local.set $power
          (i32x4.add (local.get $power) (i32x4.shl (i32x4.trunc_sat_f32x4_s (local.get $whole)) (i32.const 23))))
        (local.set $block
          (f32x4.add (local.get $block)
            (v128.and (local.get $power) (f32x4.ge (local.get $logits) (f32x4.splat (local.get $least))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $nextFour (i32.lt_u (local.get $at) (local.get $blockEnd))))
      (local.set $total
        (f64.add (local.get $total)
          (f64.promote_f32
            (f32.add
              (f32.add (f32x4.extract_lane 0 (local.get $block)) (f32x4.extract_lane 1 (local.get $block)))
              (f32.add (f32x4.extract_lane 2 (local.get $block)) (f32x4.extract_lane 3 (local.get $block)))))))
      (f64.store (local.get $out) (local.get $total))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (br_if $nextBlock (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $total)))
