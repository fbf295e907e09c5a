"""Makes adapters/: low-rank styles for the tiny aMUSEd of diffusers_pipeline/, saved by peft and in diffusers' layouts, and
what the published classes give with them.

pip install torch diffusers==0.33.1 transformers==4.49.0 peft==0.15.2; python make_adapters.py
"""

import json
from pathlib import Path

import torch
from diffusers import UVit2DModel
from peft import LoraConfig, get_peft_model
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file
from transformers import CLIPTextModelWithProjection

HERE = Path(__file__).parent
PIPELINE, FOLDER = HERE / "diffusers_pipeline", HERE / "adapters"
MASK, CODES = 71, 64
STRENGTHS = (0.0, 0.5, 1.0, 1.5)


def draw(model: torch.nn.Module) -> None:
    """peft begins with branches that do nothing."""
    for name, weight in model.named_parameters():
        if "lora_" in name:
            torch.nn.init.normal_(weight, 0, 0.4 * weight[0].numel() ** -0.5)


def set_strength(model: torch.nn.Module, strength: float) -> None:
    for module in model.modules():
        if hasattr(module, "set_scale"):
            module.set_scale("default", strength)


def adapt(kind, part: str, targets: str, **options):
    model = get_peft_model(kind.from_pretrained(PIPELINE / part), LoraConfig(target_modules=targets, **options))
    draw(model)
    return model.eval()


def predict(transformer, text_encoder) -> torch.Tensor:
    expected = json.loads((PIPELINE / "expected.json").read_text())
    tokens = torch.tensor(expected["tokens"]).reshape(1, expected["rows"], expected["columns"])
    masked = tokens[0] == -1
    with torch.no_grad():
        encoded = text_encoder(torch.tensor([expected["ids"]]), return_dict=True, output_hidden_states=True)
        size = [4 * expected["columns"], 4 * expected["rows"], 0, 0, 6]
        logits = transformer(
            torch.where(tokens == -1, MASK, tokens), micro_conds=torch.tensor([size], dtype=torch.float32),
            pooled_text_emb=encoded.text_embeds, encoder_hidden_states=encoded.hidden_states[-2],
        )
    return logits[0].permute(1, 2, 0)[masked]


def save(name: str, tensors: dict, metadata: dict | None = None) -> None:
    save_file({key: value.contiguous() for key, value in tensors.items()}, FOLDER / name, metadata=metadata)


def main() -> None:
    torch.manual_seed(7)
    FOLDER.mkdir(exist_ok=True)
    plain_text = CLIPTextModelWithProjection.from_pretrained(PIPELINE / "text_encoder").eval()
    results = {}

    # As peft saves: all of attention and the feed-forward, alpha in a description of its own.
    layers = r".*transformer_layers.*\.(attn1|attn2)\.(to_q|to_k|to_v|to_out\.0)|.*transformer_layers.*\.ff\.net\.(0\.proj|2)"
    whole = adapt(UVit2DModel, "transformer", layers, r=3, lora_alpha=6)
    (FOLDER / "peft").mkdir(exist_ok=True)
    save("peft/adapter_model.safetensors", {f"base_model.model.{k.removeprefix('base_model.model.')}": v for k, v in get_peft_model_state_dict(whole).items()})
    (FOLDER / "peft/adapter_config.json").write_text(json.dumps({"peft_type": "LORA", "r": 3, "lora_alpha": 6, "use_rslora": False}))
    for strength in STRENGTHS:
        set_strength(whole, strength)
        results[f"peft_{strength}"] = predict(whole, plain_text)

    # As diffusers saves: the transformer and the text encoder in one file, in half precision, blocks and ends too.
    blocks = r".*attention_blocks.*\.(attn1|attn2)\.(to_q|to_k|to_v|to_out\.0)|.*kv_mapper|.*channelwise_linear_1|.*mlm_layer\.conv1|.*cond_embed\.linear_1"
    ends = adapt(UVit2DModel, "transformer", blocks, r=2, lora_alpha=2)
    text = adapt(CLIPTextModelWithProjection, "text_encoder", r".*(q_proj|v_proj|fc1)", r=2, lora_alpha=2)
    for model in (ends, text):
        for name, weight in model.named_parameters():
            if "lora_" in name:
                weight.data = weight.data.half().float()
    strip = lambda key: key.removeprefix("base_model.model.")
    both = {f"transformer.{strip(k)}": v.half() for k, v in get_peft_model_state_dict(ends).items()}
    both |= {f"text_encoder.{strip(k)}": v.half() for k, v in get_peft_model_state_dict(text).items()}
    save("diffusers.safetensors", both, {"format": "pt"})
    for strength in STRENGTHS:
        set_strength(ends, strength)
        set_strength(text, strength)
        results[f"diffusers_{strength}"] = predict(ends, text)

    # As older diffusers saved attention's branches, with an alpha beside each.
    attention = adapt(UVit2DModel, "transformer", r".*transformer_layers.*\.attn1\.(to_q|to_out\.0)", r=4, lora_alpha=8)
    older = {}
    for key, value in get_peft_model_state_dict(attention).items():
        layer, half = strip(key).split(".lora_")
        side = "down" if half.startswith("A") else "up"
        base, _, name = layer.rpartition(".to_")
        name = "to_" + name.removesuffix(".0")
        older[f"transformer.{base}.processor.{name}_lora.{side}.weight"] = value
        older[f"transformer.{base}.processor.{name}_lora.alpha"] = torch.tensor(8.0)
    save("older.safetensors", older)
    set_strength(attention, 1.0)
    results["older_1.0"] = predict(attention, plain_text)
    save("logits.safetensors", results)


if __name__ == "__main__":
    main()
