using System.Text;
using System.Text.Json;
using BetterConnections.Inventory.Donations;
using static BetterConnections.Inventory.Tests.Donations.ManifestFixture;

namespace BetterConnections.Inventory.Tests.Donations;

public class ManifestReaderTests
{
    sealed record Expected(int Rows, int Accepted, Dictionary<string, int> Rejected);

    [Theory]
    [InlineData("donor-manifest-ministry.csv")]
    [InlineData("donor-manifest-bank.csv")]
    public void A_donors_manifest_gives_exactly_the_expected_counts(string name)
    {
        using var json = Open("donor-manifests.expected.json");
        var expected = JsonSerializer.Deserialize<Dictionary<string, Expected>>(json, JsonSerializerOptions.Web)![name];
        using var content = Open(name);
        var rows = Rows(content);
        Assert.Equal(expected.Rows, rows.Count);
        Assert.Equal(expected.Accepted, rows.Count(row => row.Item is not null));
        Assert.Equal(expected.Rejected, rows.SelectMany(row => row.Codes()).CountBy(code => code).ToDictionary());
        Assert.Equal(expected.Rows - expected.Accepted, rows.Count(row => row.Errors.Count > 0));
    }

    [Fact]
    public void Every_column_of_the_ministrys_Arabic_manifest_is_understood()
    {
        using var content = Open("donor-manifest-ministry.csv");
        var manifest = ManifestReader.Read(content, Today);
        Assert.Equal(
            [ManifestField.Serial, ManifestField.Manufacturer, ManifestField.Model, ManifestField.Kind, ManifestField.Cpu,
                ManifestField.Memory, ManifestField.Storage, ManifestField.Purchased, ManifestField.BookValue, ManifestField.Notes],
            manifest.Columns.Select(column => column.Field!.Value));
        var rows = manifest.Rows.ToList();
        Assert.Equal(new ManifestItem("5W0UQX2", null, "Lenovo", "ThinkCentre M700", "desktop", "i3-6100", 8, 128, "ssd", 2017, null, 250, null, "مكسور"),
            rows[0].Item);
        Assert.Equal(16, rows[2].Item!.MemoryGb); // 16384 MB
        Assert.Equal(1000, rows[2].Item!.StorageGb); // 1 TB
        Assert.All(rows.Where(row => row.Item is not null), row => Assert.InRange(row.Item!.PurchasedYear!.Value, 2013, 2019));
    }

    [Fact]
    public void The_banks_manifest_keeps_its_quotes_commas_and_formula_as_text_and_trims_serials()
    {
        using var content = Open("donor-manifest-bank.csv");
        var rows = Rows(content);
        Assert.Equal(new ManifestItem("EHKXY90", "BNK-9000", "Lenovo", "ThinkPad T460", "laptop", "i5-4570", 16, 1000, "hdd", 2016,
            new DateOnly(2016, 3, 1), 350.5m, "West Bay, \"Tower 2\", 14", null), rows[0].Item);
        Assert.Equal("=HYPERLINK(\"x\")", rows.Single(row => row.Item?.Serial == "W8GEBTY").Item!.Location);
        var shortRow = rows.Single(row => row.Codes().Contains("serial_required"));
        Assert.Equal(35, shortRow.Number);
        Assert.Single(shortRow.Errors);
    }

    [Fact]
    public void A_row_that_ends_early_is_an_ordinary_row_with_empty_cells()
    {
        var row = Assert.Single(Rows("Serial,Model,RAM,Notes\nS1,T460\n"));
        Assert.Equal("T460", row.Item!.Model);
        Assert.Null(row.Item.MemoryGb);
        Assert.Null(row.Item.Notes);
    }

    [Fact]
    public void The_later_of_two_equal_serials_is_refused_and_names_the_first()
    {
        var rows = Rows("Serial,Model\nab1,X\nAB2,X\n AB1 ,Y\n");
        Assert.Equal("AB1", rows[0].Item!.Serial);
        var error = Assert.Single(rows[2].Errors);
        Assert.Equal(new ManifestError(ManifestField.Serial, "Serial", "duplicate_serial", "AB1", FirstRow: 2), error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("N/A")]
    [InlineData("-")]
    [InlineData("لا يوجد")]
    [InlineData("To be filled by O.E.M.")]
    public void What_stands_for_no_serial_is_no_serial(string cell) =>
        Assert.Equal(["serial_required"], Assert.Single(Rows($"Model,Serial\nX,{cell}\n")).Codes());

    [Fact]
    public void A_serial_that_a_spreadsheet_rounded_is_refused() =>
        Assert.Equal(["serial_rounded"], Assert.Single(Rows("Serial\n1.23457E+12\n")).Codes());

    [Fact]
    public void Every_error_of_a_row_is_told_with_its_column()
    {
        var row = Assert.Single(Rows("S/N,Type,RAM (GB),Year,Book value (QAR)\n,spaceship,much,1492,-3\n"));
        Assert.Null(row.Item);
        Assert.Equal(
            [("S/N", "serial_required"), ("Type", "kind_unknown"), ("RAM (GB)", "value_not_a_number"), ("Year", "year_not_valid"), ("Book value (QAR)", "value_negative")],
            row.Errors.Select(error => (error.Heading, error.Code)));
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused()
    {
        Assert.Equal(["field_too_long"], RowWith("Notes", new string('x', 1001)).Codes());
        Assert.Empty(RowWith("Notes", new string('x', 1000)).Errors);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_found_and_rows_are_numbered_as_lines_of_the_file(char separator)
    {
        var csv = "List of donated devices\n\nModel;Serial;Notes\nT460;S1;\"two\nlines; and, more | of\tit\"\n\n;;\nT470;S2;14\" screen\n"
            .Replace(";", separator.ToString());
        var rows = Rows(csv);
        Assert.Equal([(4, "S1"), (8, "S2")], rows.Select(row => (row.Number, row.Item!.Serial)));
        Assert.Equal("14\" screen", rows[1].Item!.Notes);
    }

    [Fact]
    public void A_separator_hint_of_Excel_is_no_obstacle() =>
        Assert.Equal("S1", Assert.Single(Rows("sep=;\r\nSerial;Model\r\nS1;T460\r\n")).Item!.Serial);

    [Fact]
    public void Two_headings_of_one_meaning_leave_the_second_ignored()
    {
        using var content = Bytes("Serial,Office,Floor,Colour\nS1,West Bay,14,black\n", Encoding.UTF8);
        var columns = ManifestReader.Read(content, Today).Columns;
        Assert.Equal([ManifestField.Serial, ManifestField.Location, null, null], columns.Select(column => column.Field));
    }

    [Fact]
    public void The_first_row_comes_before_the_rest_of_the_file_is_read()
    {
        var csv = new StringBuilder("Serial,Notes\n");
        for (var i = 0; i < 20_000; i++) csv.Append($"S{i:D6},{new string('n', 500)}\n");
        using var content = Bytes(csv.ToString(), new UTF8Encoding(false));
        var read = 0;
        foreach (var row in ManifestReader.Read(content, Today).Rows)
        {
            // No more is read ahead than the buffers hold, wherever the reader is in the ten megabytes.
            var rowEnd = "Serial,Notes\n".Length + ++read * 509L;
            Assert.InRange(content.Position, Math.Min(rowEnd, content.Length), rowEnd + 256 * 1024);
            Assert.Empty(row.Errors);
        }
        Assert.Equal(20_000, read);
    }
}
