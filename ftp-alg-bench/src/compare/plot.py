"""Bars with their range, in panels, as SVG: nothing but text."""
from xml.sax.saxutils import escape

OURS, OTHERS, TEXT, FAINT, GRID = "#1f6feb", "#9aa7b4", "#1f2328", "#59636e", "#e3e8ed"
FONT = "font-family=\"-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\""
LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH, GAP = 215, 200, 60, 28
ROW, BAR, HEAD, TOP = 22, 14, 30, 62


def _steps(most):
    """Returns round numbers from 0 to at least the most."""
    if most <= 0:
        return [0, 1]
    step = 10.0 ** -3
    for factor in (1, 2, 5) * 8:
        if most / step <= 5:
            break
        step = _next(step)
    count = int(most / step + 0.999999)
    return [step * i for i in range(count + 1)]


def _next(step):
    mantissa = float(f"{step:e}".split("e")[0])
    return step * (2.5 if round(mantissa) == 2 else 2)


def _text(x, y, text, size=12, color=TEXT, anchor="start", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}" text-anchor="{anchor}" '
            f'font-weight="{weight}" {FONT}>{escape(text)}</text>')


def _panel(x, y, title, rows, steps):
    scale = BAR_WIDTH / steps[-1]
    left, height = x + LABEL_WIDTH, len(rows) * ROW
    out = [_text(left, y + 14, title, 13, weight="600")]
    for step in steps:
        at = left + step * scale
        out.append(f'<line x1="{at:.1f}" y1="{y + HEAD - 4}" x2="{at:.1f}" y2="{y + HEAD + height}" stroke="{GRID}"/>')
        out.append(_text(at, y + HEAD + height + 14, f"{step:g}", 10, FAINT, "middle"))
    for i, (label, ours, values) in enumerate(rows):
        top = y + HEAD + i * ROW
        middle = top + ROW / 2 - 2
        out.append(_text(left - 8, middle + 4, label, 12, TEXT, "end", "600" if ours else "normal"))
        if not values:
            out.append(_text(left + 4, middle + 4, "failed", 11, FAINT))
            continue
        least, median, most = values
        out.append(f'<rect x="{left}" y="{middle - BAR / 2}" width="{median * scale:.1f}" height="{BAR}" rx="2" '
                   f'fill="{OURS if ours else OTHERS}"/>')
        out.append(f'<path d="M{left + least * scale:.1f} {middle}H{left + most * scale:.1f}'
                   f'M{left + least * scale:.1f} {middle - 3}v6M{left + most * scale:.1f} {middle - 3}v6" '
                   f'stroke="{TEXT}" stroke-width="1" fill="none"/>')
        out.append(_text(left + max(median, most) * scale + 6, middle + 4, f"{median:.2f}", 11))
    return out


def bars(title, subtitle, panels):
    """
    Draws panels, two in a row.

    panels: [(title, [(label, ours, (least, median, most) or None)])]; all share one scale.
    """
    steps = _steps(max((v[2] for _, rows in panels for _, _, v in rows if v), default=1))
    rows = max(len(rows) for _, rows in panels)
    panel_width, panel_height = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH, HEAD + rows * ROW + 34
    lines = (len(panels) + 1) // 2
    width, height = 2 * panel_width + GAP + 24, TOP + lines * panel_height + 6
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
           f'role="img" aria-label="{escape(title)}">', f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
           _text(16, 26, title, 16, weight="600"), _text(16, 46, subtitle, 12, FAINT)]
    for i, (name, content) in enumerate(panels):
        out += _panel(12 + (i % 2) * (panel_width + GAP), TOP + (i // 2) * panel_height, name, content, steps)
    return "\n".join([*out, "</svg>", ""])


LINES = ("#9aa7b4", "#d1782a", "#7d4cc2", "#2f9e6e", "#1f6feb", "#c2255c", "#8a6d3b")
PLOT_WIDTH, PLOT_HEIGHT, LEFT, KEY = 700, 330, 64, 290


def lines(title, subtitle, axis, series):
    """
    Draws lines over seconds.

    series: [(label, [(second, value), ...])]; the axis is the name of the values.
    """
    steps = _steps(max((value for _, points in series for _, value in points), default=1))
    seconds = _steps(max((at for _, points in series for at, _ in points), default=1))
    width, height = LEFT + PLOT_WIDTH + KEY, TOP + PLOT_HEIGHT + 48
    bottom = TOP + PLOT_HEIGHT
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
           f'role="img" aria-label="{escape(title)}">', f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
           _text(16, 26, title, 16, weight="600"), _text(16, 46, subtitle, 12, FAINT)]
    for step in steps:
        y = bottom - step / steps[-1] * PLOT_HEIGHT
        out.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + PLOT_WIDTH}" y2="{y:.1f}" stroke="{GRID}"/>')
        out.append(_text(LEFT - 8, y + 4, f"{step:g}", 10, FAINT, "end"))
    for second in seconds:
        out.append(_text(LEFT + second / seconds[-1] * PLOT_WIDTH, bottom + 16, f"{second:g}", 10, FAINT, "middle"))
    out.append(_text(LEFT + PLOT_WIDTH / 2, bottom + 36, f"seconds since it is ready; upwards: {axis}", 11, FAINT, "middle"))
    for number, (label, points) in enumerate(series):
        color = LINES[number % len(LINES)]
        path = " ".join(f"{'L' if at else 'M'}{LEFT + second / seconds[-1] * PLOT_WIDTH:.1f} "
                        f"{bottom - value / steps[-1] * PLOT_HEIGHT:.1f}" for at, (second, value) in enumerate(points))
        out.append(f'<path d="{path}" stroke="{color}" stroke-width="1.8" fill="none"/>')
        y = TOP + 12 + number * ROW
        out.append(f'<line x1="{LEFT + PLOT_WIDTH + 16}" y1="{y - 4}" x2="{LEFT + PLOT_WIDTH + 40}" y2="{y - 4}" '
                   f'stroke="{color}" stroke-width="3"/>')
        out.append(_text(LEFT + PLOT_WIDTH + 46, y, label, 12))
    return "\n".join([*out, "</svg>", ""])
