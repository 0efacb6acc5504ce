using System.Text;
using BetterConnections.Inventory.Donations;

namespace BetterConnections.Inventory.Tests.Donations;

static class ManifestFixture
{
    public static readonly DateOnly Today = new(2026, 11, 21);

    public static FileStream Open(string name) => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", name));

    public static List<ManifestRow> Rows(Stream content) => ManifestReader.Read(content, Today).Rows.ToList();

    public static List<ManifestRow> Rows(string csv) => Rows(Bytes(csv, new UTF8Encoding(false)));

    /// <summary>The one row of a manifest that has a serial and these cells.</summary>
    public static ManifestRow RowWith(string heading, string cell) => Assert.Single(Rows($"Serial\t{heading}\nS1\t{cell}\n"));

    public static MemoryStream Bytes(string text, Encoding encoding) =>
        new([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

    public static string RefusalOf(Stream content) => Assert.Throws<ManifestUnreadable>(() => Rows(content)).Code;

    public static IEnumerable<string> Codes(this ManifestRow row) => row.Errors.Select(error => error.Code);
}
