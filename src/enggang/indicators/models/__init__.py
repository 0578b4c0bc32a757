from enggang.indicators.models.indicator import Indicator, SeriesBreak, Target
from enggang.indicators.models.measurement import Measurement
from enggang.indicators.models.scale import ScaleStep

__all__ = ["Indicator", "Measurement", "ScaleStep", "SeriesBreak", "Target"]
