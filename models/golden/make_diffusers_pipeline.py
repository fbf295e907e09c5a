"""Makes diffusers_pipeline/: a tiny aMUSEd with drawn weights, saved by the published classes, and what they give.

pip install torch diffusers==0.33.1 transformers==4.49.0; python make_diffusers_pipeline.py
"""

import json
import tempfile
from pathlib import Path

import torch
from diffusers import AmusedPipeline, AmusedScheduler, UVit2DModel, VQModel
from transformers import CLIPTextConfig, CLIPTextModelWithProjection, CLIPTokenizer
from transformers.models.clip.tokenization_clip import bytes_to_unicode

FOLDER = Path(__file__).parent / "diffusers_pipeline"
PROMPT = "A photo of a cat, oil painting"
ROWS, COLUMNS, CODES, MASK = 8, 6, 64, 71
PIXELS_PER_TOKEN = 4


def make_tokenizer() -> CLIPTokenizer:
    """CLIP's tokenizer over a small vocabulary: every byte, and a few merges."""
    characters = list(bytes_to_unicode().values())
    merges = [("a", "t</w>"), ("c", "at</w>"), ("o", "f</w>"), ("p", "h")]
    tokens = characters + [c + "</w>" for c in characters] + [a + b for a, b in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    with tempfile.TemporaryDirectory() as folder:
        vocabulary, merge_file = Path(folder, "vocab.json"), Path(folder, "merges.txt")
        vocabulary.write_text(json.dumps({token: i for i, token in enumerate(tokens)}))
        merge_file.write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))
        return CLIPTokenizer(str(vocabulary), str(merge_file), pad_token="!", model_max_length=77)


def draw_weights(model: torch.nn.Module) -> None:
    for name, weight in model.named_parameters():
        if weight.ndim == 1 and "weight" in name:
            torch.nn.init.uniform_(weight, 0.8, 1.2)
        elif weight.ndim == 1 or "gamma" in name or "beta" in name:
            torch.nn.init.uniform_(weight, -0.3, 0.3)
        else:
            torch.nn.init.normal_(weight, 0, weight[0].numel() ** -0.5)
    model.eval()


def main() -> None:
    torch.manual_seed(0)
    tokenizer = make_tokenizer()
    transformer = UVit2DModel(
        hidden_size=32, cond_embed_dim=24, micro_cond_encode_dim=8, micro_cond_embed_dim=40, encoder_hidden_size=16,
        vocab_size=MASK + 1, codebook_size=CODES, in_channels=24, block_out_channels=24, num_res_blocks=2, downsample=True,
        upsample=True, block_num_heads=3, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, sample_size=8,
    )
    vqvae = VQModel(
        block_out_channels=[8, 8, 16], down_block_types=["DownEncoderBlock2D"] * 3, up_block_types=["UpDecoderBlock2D"] * 3,
        layers_per_block=1, latent_channels=6, num_vq_embeddings=CODES, norm_num_groups=4, mid_block_add_attention=False,
        lookup_from_codebook=True, force_upcast=True, sample_size=8,
    )
    text_encoder = CLIPTextModelWithProjection(CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2,
        max_position_embeddings=77, projection_dim=24, hidden_act="quick_gelu",
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    ))
    for model in (transformer, vqvae, text_encoder):
        draw_weights(model)
    scheduler = AmusedScheduler(mask_token_id=MASK)
    AmusedPipeline(vqvae, tokenizer, text_encoder, transformer, scheduler).save_pretrained(FOLDER)

    ids = tokenizer(PROMPT, return_tensors="pt", padding="max_length", truncation=True, max_length=77).input_ids
    with torch.no_grad():
        encoded = text_encoder(ids, return_dict=True, output_hidden_states=True)
        tokens = (torch.arange(ROWS * COLUMNS) * 7 % CODES).reshape(1, ROWS, COLUMNS)
        tokens[0, 2:5, 1:4] = MASK
        width, height = COLUMNS * PIXELS_PER_TOKEN, ROWS * PIXELS_PER_TOKEN
        logits = transformer(
            tokens, micro_conds=torch.tensor([[width, height, 0, 0, 6]], dtype=torch.float32),
            pooled_text_emb=encoded.text_embeds, encoder_hidden_states=encoded.hidden_states[-2],
        )
        shown = (torch.arange(ROWS * COLUMNS) * 5 % CODES).reshape(1, ROWS, COLUMNS)
        image = vqvae.decode(shown, force_not_quantize=True, shape=(1, ROWS, COLUMNS, 6)).sample.clip(0, 1)
        pixels = torch.sin(torch.arange(3 * height * width, dtype=torch.float32) * 0.37).reshape(1, 3, height, width) / 2 + 0.5
        codes = vqvae.quantize(vqvae.encode(pixels).latents)[2][2]
    # [codes × rows × columns] → one row of logits for each masked token.
    masked = logits[0].permute(1, 2, 0)[tokens[0] == MASK]
    (FOLDER / "expected.json").write_text(json.dumps({
        "prompt": PROMPT, "ids": ids[0].tolist(), "rows": ROWS, "columns": COLUMNS,
        "tokens": [-1 if token == MASK else token for token in tokens.flatten().tolist()], "logits": masked.flatten().tolist(),
        "shown": shown.flatten().tolist(), "image": image.flatten().tolist(),
        "pixels": pixels.flatten().tolist(), "codes": codes.flatten().tolist(),
    }))


if __name__ == "__main__":
    main()
