namespace BetterConnections.Inventory.Donations;

/// <summary>What is wrong with one cell of a manifest, for a program (the code) and for whoever mends it (the sentence).</summary>
/// <param name="Row">As the donor's own tool counts it, from 1.</param>
/// <param name="Column">The donor's heading; empty where the column is missing.</param>
/// <param name="Value">What stood in the cell, cut to 100 characters.</param>
public sealed record RowError(int Row, string Column, string Code, string Sentence, string Value)
{
    public static RowError Of(int row, ManifestError error) => new(row, error.Heading, error.Code, Say(error), error.Value);

    private static string Say(ManifestError error) => error.Code switch
    {
        ManifestErrors.SerialRequired => "Every device needs its serial number.",
        ManifestErrors.SerialRounded => "The spreadsheet rounded this serial. Format the column as text and enter it again.",
        ManifestErrors.DuplicateSerial => $"Row {error.FirstRow} has the same serial.",
        ManifestErrors.SerialAlreadyKnown => "A device with this serial is registered already.",
        ManifestErrors.KindRequired => "Say what it is: desktop, laptop, monitor, printer, modem or other.",
        ManifestErrors.KindUnknown => "Not a kind we know: desktop, laptop, monitor, printer, modem or other.",
        ManifestErrors.YearNotValid => "Not a year or date of purchase between 1990 and today.",
        ManifestErrors.ValueNotANumber => "A number was expected.",
        ManifestErrors.ValueNegative => "A number below zero makes no sense here.",
        ManifestErrors.ValueTooLarge => "The number is larger than can be.",
        ManifestErrors.FieldTooLong => "The text is too long.",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error.Code, "A code without a sentence."),
    };
}
