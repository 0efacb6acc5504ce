namespace BetterConnections.Inventory.Devices;

/// <summary>Check characters of ISO/IEC 7064:2003, hybrid system MOD 37,36.</summary>
public static class Iso7064
{
    private const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The check character (0-9, A-Z) of a text of digits and upper-case Latin letters.</summary>
    /// <remarks>
    /// Every single wrong character is detected. A transposition of neighbours is detected too, except for some pairs
    /// whose values are one apart (12 for 21): about 1 in 36 of those passes, which is the standard's own limit.
    /// </remarks>
    /// <exception cref="ArgumentException">The text holds another sign.</exception>
    public static char Mod37_36(ReadOnlySpan<char> text)
    {
        var product = 36;
        foreach (var sign in text)
        {
            var value = Signs.IndexOf(sign);
            if (value < 0) throw new ArgumentException($"'{sign}' is neither a digit nor an upper-case Latin letter.", nameof(text));
            var sum = (product + value) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return Signs[(37 - product) % 36];
    }
}
