"""The VQ tokenizer: pictures to grids of tokens and back."""
