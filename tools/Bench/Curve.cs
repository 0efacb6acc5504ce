using System.Globalization;
using System.Text;

namespace BetterConnections.Bench;

/// <summary>A growth curve as a picture: sizes to the right by powers of ten, time upwards.</summary>
internal static class Curve
{
    private const int Width = 640, Height = 320, Left = 60, Right = 170, Top = 40, Bottom = 40;
    private static readonly string[] Colours = ["#8a1538", "#1f6f8b", "#5b7f2b", "#b5651d"];

    public static string Draw(string title, int[] sizes, IReadOnlyDictionary<string, double[]> lines)
    {
        var highest = lines.Values.SelectMany(v => v).Max() * 1.2;
        double X(int size) => Left + (Math.Log10(size) - Math.Log10(sizes[0])) / (Math.Log10(sizes[^1]) - Math.Log10(sizes[0])) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - value / highest * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.AppendLine(Invariant($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">"""));
        svg.AppendLine(Invariant($"""<rect width="{Width}" height="{Height}" fill="#fff"/><text x="{Left}" y="20" font-size="14">{title}</text>"""));
        svg.AppendLine(Invariant($"""<path d="M{Left} {Top}V{Height - Bottom}H{Width - Right}" fill="none" stroke="#888"/>"""));
        foreach (var size in sizes) svg.AppendLine(Invariant($"""<text x="{X(size):0}" y="{Height - Bottom + 18}" text-anchor="middle">{size:N0}</text>"""));
        for (var step = 0; step <= 4; step++)
            svg.AppendLine(Invariant($"""<text x="{Left - 6}" y="{Y(highest * step / 4) + 4:0}" text-anchor="end">{highest * step / 4:0.0}</text>"""));
        foreach (var ((name, values), colour) in lines.Zip(Colours))
        {
            svg.AppendLine($"""<polyline fill="none" stroke="{colour}" stroke-width="2" points="{string.Join(' ', sizes.Zip(values, (s, v) => Invariant($"{X(s):0.0},{Y(v):0.0}")))}"/>""");
            svg.AppendLine(Invariant($"""<text x="{Width - Right + 8}" y="{Y(values[^1]) + 4:0}" fill="{colour}">{name} {values[^1]:0.0}</text>"""));
        }
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
