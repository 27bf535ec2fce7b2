"""The default model on a processor, through OpenVINO: int8, bf16 or fp32, whichever is fastest on this machine."""
