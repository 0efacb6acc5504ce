using System.Globalization;

namespace BetterConnections.Inventory.Devices;

/// <summary>
/// The code on a device's label, <c>BC-000123-C</c>: prefix, number of at least six digits, check character.
/// The check character is ISO 7064 MOD 37,36 over prefix and digits without the dashes, here <c>BC000123</c>.
/// </summary>
public readonly record struct Barcode
{
    private const int LeastDigits = 6;

    private Barcode(string prefix, long number) => (Prefix, Number) = (prefix, number);

    public string Prefix { get; }
    public long Number { get; }
    public char CheckCharacter => Iso7064.Mod37_36(Prefix + Digits);

    private string Digits => Number.ToString("D6", CultureInfo.InvariantCulture);

    /// <param name="number">1 or more; beyond 999999 the code grows by a digit.</param>
    /// <param name="prefix">The programme's prefix (a setting): upper-case Latin letters only, so that it ends where the digits begin.</param>
    public static Barcode Of(long number, string prefix)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (prefix.Length == 0 || !prefix.All(char.IsAsciiLetterUpper))
            throw new ArgumentException("A barcode's prefix is one or more upper-case Latin letters.", nameof(prefix));
        return new Barcode(prefix, number);
    }

    /// <summary>
    /// Reads what a scanner typed: any case, surrounding white space and the scanner's carriage return, dashes or none,
    /// or the QR code's address that ends in the barcode.
    /// </summary>
    /// <param name="scanned">What the scanner typed.</param>
    /// <param name="prefix">The programme's prefix; anything else is not one of its barcodes.</param>
    /// <param name="barcode">The barcode, or the default value.</param>
    /// <param name="error">
    /// Null, <see cref="BarcodeErrors.NotABarcode"/> (a serial number, say: try another look-up) or
    /// <see cref="BarcodeErrors.CheckCharacterWrong"/> (one of ours, read wrongly: scan again).
    /// </param>
    public static bool TryParse(string? scanned, string prefix, out Barcode barcode, out string? error)
    {
        barcode = default;
        error = BarcodeErrors.NotABarcode;

        var code = (scanned ?? "").Trim().TrimEnd('/');
        code = code[(code.LastIndexOfAny(['/', '=', '#']) + 1)..].Replace("-", "").ToUpperInvariant();
        if (!code.StartsWith(prefix, StringComparison.Ordinal) || code.Length < prefix.Length + LeastDigits + 1) return false;

        var digits = code.AsSpan(prefix.Length..^1);
        var check = code[^1];
        if (!char.IsAsciiLetterOrDigit(check) || digits.ContainsAnyExceptInRange('0', '9')) return false;
        // One device, one code: 0000123 is not another way to write 000123.
        if (digits.Length > LeastDigits && digits[0] == '0') return false;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return false;

        if (Iso7064.Mod37_36(code.AsSpan(..^1)) != check)
        {
            error = BarcodeErrors.CheckCharacterWrong;
            return false;
        }
        barcode = Of(number, prefix);
        error = null;
        return true;
    }

    public override string ToString() => $"{Prefix}-{Digits}-{CheckCharacter}";
}

/// <summary>Why a scan is refused.</summary>
public static class BarcodeErrors
{
    public const string NotABarcode = "not_a_barcode";
    public const string CheckCharacterWrong = "check_character_wrong";
}
