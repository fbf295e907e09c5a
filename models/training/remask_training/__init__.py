import os

# ONNX Runtime tells Microsoft about every session unless this is set before it is imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
