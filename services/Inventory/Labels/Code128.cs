namespace BetterConnections.Inventory.Labels;

/// <summary>
/// Code 128 (ISO/IEC 15417), code sets B and C. Written by hand: none of our packages draws it (QRCoder has
/// only QR), and it is one table of widths and a sum. The tests read it back with ZBar.
/// </summary>
public static class Code128
{
    private const int CodeC = 99, CodeB = 100, StartB = 104, StartC = 105, Stop = 106;

    // Widths of bar, space, bar, space, bar, space of the symbols 0 to 105, and of the stop with its last bar.
    private static readonly string[] Widths = (
        "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 " +
        "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 " +
        "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 " +
        "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 " +
        "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 " +
        "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 " +
        "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112").Split(' ');

    /// <summary>The widths in modules of bar, space, bar … bar, without the quiet zones (ten modules on either side).</summary>
    /// <param name="text">Printable ASCII, at least one character.</param>
    public static IReadOnlyList<int> Encode(string text)
    {
        if (text.Length == 0 || text.Any(sign => sign is < ' ' or > '~'))
            throw new ArgumentException("Code 128 B holds printable ASCII only.", nameof(text));
        var symbols = Symbols(text);
        var check = symbols[0] + symbols.Select((symbol, position) => symbol * position).Sum();
        return [.. symbols.Append(check % 103).Append(Stop).SelectMany(symbol => Widths[symbol]).Select(width => width - '0')];
    }

    private static List<int> Symbols(string text)
    {
        var symbols = new List<int>();
        var inC = false;
        for (var at = 0; at < text.Length;)
        {
            var digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length - at;
            // Set C saves a symbol for each pair of digits and costs one to enter and one to leave.
            var pays = digits >= (at == 0 || at + digits == text.Length ? 4 : 6);
            // Of an odd number of digits, the first stays in set B.
            if (pays && digits % 2 == 0)
            {
                symbols.Add(at == 0 ? StartC : CodeC);
                inC = true;
                for (var last = at + digits; at < last; at += 2)
                    symbols.Add((text[at] - '0') * 10 + (text[at + 1] - '0'));
            }
            else
            {
                if (at == 0) symbols.Add(StartB);
                else if (inC) symbols.Add(CodeB);
                inC = false;
                symbols.Add(text[at++] - ' ');
            }
        }
        return symbols;
    }
}
