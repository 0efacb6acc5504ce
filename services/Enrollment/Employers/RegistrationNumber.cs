using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Employers;

/// <summary>A company's commercial registration number in the one form that is stored and compared.</summary>
public static partial class RegistrationNumber
{
    /// <summary>Letters and digits, with an optional branch: <c>12345/2</c>.</summary>
    [GeneratedRegex("^[A-Z0-9]{1,20}(/[0-9]{1,4})?$")]
    private static partial Regex Shape();

    /// <summary>
    /// White space and dashes go, Arabic-Indic digits become European ones, letters upper case. Leading zeros go because
    /// spreadsheets drop them: the same company would else be two. Null when what is left is no registration number.
    /// </summary>
    public static string? Normalise(string? text)
    {
        var letters = (text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '\u200e' or '\u200f'))
            .Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : char.ToUpperInvariant(c));
        var number = string.Concat(letters).TrimStart('0');
        return Shape().IsMatch(number) ? number : null;
    }

    /// <exception cref="BadInput">registration_number_not_valid</exception>
    public static string Require(string text) => Normalise(text)
        ?? throw new BadInput("registration_number_not_valid", $"'{text}' is not a commercial registration number.");
}
