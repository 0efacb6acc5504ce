namespace BetterConnections.Inventory.Labels;

/// <summary>
/// The signs of a barcode as 5 × 7 dots. A fresh Linux server has no font to embed in a PDF, and one line on a label is
/// no reason to ship one: drawn as rectangles, labels look the same on every machine.
/// </summary>
public static class DotMatrix
{
    public const int Columns = 5, Rows = 7;

    // Five columns of each sign, the lowest bit the top row.
    private static readonly Dictionary<char, byte[]> Signs = (
        "0 3E5149453E 1 00427F4000 2 4261514946 3 2141454B31 4 1814127F10 5 2745454539 6 3C4A494930 7 0171090503 8 3649494936 9 064949291E " +
        "A 7E1111117E B 7F49494936 C 3E41414122 D 7F4141221C E 7F49494941 F 7F09090901 G 3E4149497A H 7F0808087F I 00417F4100 J 2040413F01 " +
        "K 7F08142241 L 7F40404040 M 7F020C027F N 7F0408107F O 3E4141413E P 7F09090906 Q 3E4151215E R 7F09192946 S 4649494931 T 01017F0101 " +
        "U 3F4040403F V 1F2040201F W 3F4038403F X 6314081463 Y 0708700807 Z 6151494543 - 0808080808")
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0][0], pair => Convert.FromHexString(pair[1]));

    /// <summary>The dots of a text, from its left top, one empty column between signs.</summary>
    /// <param name="text">Digits, upper-case Latin letters and dashes: all that a barcode holds.</param>
    public static IEnumerable<(int Column, int Row)> Dots(string text) =>
        from at in Enumerable.Range(0, text.Length)
        let columns = Signs[text[at]]
        from column in Enumerable.Range(0, Columns)
        from row in Enumerable.Range(0, Rows)
        where (columns[column] >> row & 1) == 1
        select (at * (Columns + 1) + column, row);

    /// <summary>The width of a text in dots.</summary>
    public static int Width(string text) => text.Length * (Columns + 1) - 1;
}
