namespace BetterConnections.Inventory.Donations;

/// <summary>What a column of a donor's manifest can mean.</summary>
public enum ManifestField
{
    Serial, AssetTag, Manufacturer, Model, Kind, Cpu, Memory, Storage, Purchased, BookValue, Location, Notes,
}

/// <summary>A column of the donor's file: its heading as written and its meaning; null when it is ignored.</summary>
public sealed record ManifestColumn(int Index, string Heading, ManifestField? Field);

/// <summary>One row that is not blank. It is accepted when it has no errors, and then has an item.</summary>
/// <param name="Number">The row as the donor's own tool counts it: the line in the CSV, the row of the sheet, from 1.</param>
/// <param name="Cells">As written, to give back for mending.</param>
public sealed record ManifestRow(int Number, ManifestItem? Item, IReadOnlyList<ManifestError> Errors, IReadOnlyList<string> Cells);

/// <summary>A device as the donor describes it. Only the serial is always there.</summary>
/// <param name="Serial">Trimmed and in upper case.</param>
/// <param name="Kind">desktop, laptop, monitor, printer, modem or other.</param>
/// <param name="StorageGb">In decimal gigabytes; several drives are summed.</param>
/// <param name="StorageMedium">ssd, hdd or, for several drives that differ, mixed.</param>
/// <param name="PurchasedOn">Only where the donor gave a day and not just a year.</param>
/// <param name="BookValue">In the programme's currency.</param>
public sealed record ManifestItem(
    string Serial, string? AssetTag, string? Manufacturer, string? Model, string? Kind, string? Cpu,
    decimal? MemoryGb, decimal? StorageGb, string? StorageMedium, int? PurchasedYear, DateOnly? PurchasedOn,
    decimal? BookValue, string? Location, string? Notes);

/// <summary>Why a row is refused.</summary>
/// <param name="Heading">The donor's heading of the column.</param>
/// <param name="Code">One of <see cref="ManifestErrors"/>.</param>
/// <param name="Value">What stood in the cell, cut to 100 characters.</param>
/// <param name="FirstRow">For a duplicate: the row that had the serial before.</param>
public sealed record ManifestError(ManifestField Field, string Heading, string Code, string Value, int? FirstRow = null);

/// <summary>The file as a whole cannot be read as a manifest.</summary>
public sealed class ManifestUnreadable(string code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>file_empty, file_not_readable, file_too_large, encoding_unknown or column_missing.</summary>
    public string Code { get; } = code;
}

/// <summary>The stable codes of what can be wrong with a manifest.</summary>
public static class ManifestErrors
{
    public const string FileEmpty = "file_empty";
    public const string FileNotReadable = "file_not_readable";
    public const string FileTooLarge = "file_too_large";
    public const string EncodingUnknown = "encoding_unknown";
    public const string ColumnMissing = "column_missing";

    public const string SerialRequired = "serial_required";
    /// <summary>A spreadsheet turned the serial into 1.23E+12; its last digits are gone.</summary>
    public const string SerialRounded = "serial_rounded";
    public const string DuplicateSerial = "duplicate_serial";
    /// <summary>Not found in the file but in the register: the device is known already.</summary>
    public const string SerialAlreadyKnown = "serial_already_known";
    /// <summary>Neither the row nor the request says what the device is.</summary>
    public const string KindRequired = "kind_required";
    public const string KindUnknown = "kind_unknown";
    public const string YearNotValid = "year_not_valid";
    public const string ValueNotANumber = "value_not_a_number";
    public const string ValueNegative = "value_negative";
    public const string ValueTooLarge = "value_too_large";
    public const string FieldTooLong = "field_too_long";
}
