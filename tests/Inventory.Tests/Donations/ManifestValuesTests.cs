using System.Globalization;
using BetterConnections.Documents;
using static BetterConnections.Inventory.Tests.Donations.ManifestFixture;

namespace BetterConnections.Inventory.Tests.Donations;

public class ManifestValuesTests
{
    [Theory]
    [InlineData("S/N")]
    [InlineData("serial no.")]
    [InlineData("SERIAL_NUMBER")]
    [InlineData("الرقم التسلسلي")]
    [InlineData("رقم تسلسلي")]
    [InlineData("الرَّقْم التسلســلي")]
    [InlineData("\u200Fالرقم التسلسلى\u200F")]
    public void A_heading_is_known_however_it_is_written(string heading) =>
        Assert.Equal("X1", Assert.Single(Rows($"{heading};Model\nX1;T460")).Item!.Serial);

    [Theory]
    [InlineData("Desktop", "desktop")]
    [InlineData("NOTEBOOK", "laptop")]
    [InlineData("حاسوب مكتبي", "desktop")]
    [InlineData("حاسوب محمول", "laptop")]
    [InlineData("لاب توب", "laptop")]
    [InlineData("شاشه", "monitor")]
    [InlineData("طابعة", "printer")]
    [InlineData("مودم", "modem")]
    [InlineData("أخرى", "other")]
    [InlineData("", null)]
    public void A_kind_is_read_in_both_languages(string cell, string? kind) => Assert.Equal(kind, RowWith("Type", cell).Item!.Kind);

    [Theory]
    [InlineData("RAM", "8GB", "8")]
    [InlineData("RAM", "16384 MB", "16")]
    [InlineData("RAM", "8", "8")]
    [InlineData("RAM", "8192", "8")]
    [InlineData("RAM", "٨ جيجابايت", "8")]
    [InlineData("RAM", "8 GB DDR4", "8")]
    [InlineData("RAM (MB)", "512", "0.5")]
    [InlineData("RAM (MB)", "4 GB", "4")]
    public void Memory_is_read_as_gigabytes(string heading, string cell, string gigabytes) =>
        Assert.Equal(decimal.Parse(gigabytes, CultureInfo.InvariantCulture), RowWith(heading, cell).Item!.MemoryGb);

    [Theory]
    [InlineData("256 GB SSD", "256", "ssd")]
    [InlineData("1 TB HDD", "1000", "hdd")]
    [InlineData("SSD 256GB", "256", "ssd")]
    [InlineData("256GB NVMe", "256", "ssd")]
    [InlineData("1,5 TB", "1500", null)]
    [InlineData("500", "500", null)]
    [InlineData("٥٠٠ جيجا صلب", "500", "hdd")]
    [InlineData("256 GB SSD + 1 TB HDD", "1256", "mixed")]
    public void Storage_is_read_as_capacity_and_medium(string cell, string gigabytes, string? medium)
    {
        var item = RowWith("Storage", cell).Item!;
        Assert.Equal(decimal.Parse(gigabytes, CultureInfo.InvariantCulture), item.StorageGb);
        Assert.Equal(medium, item.StorageMedium);
    }

    [Theory]
    [InlineData("2017", 2017, null)]
    [InlineData("٢٠١٧", 2017, null)]
    [InlineData("2016-03-01", 2016, "2016-03-01")]
    [InlineData("01/03/2016", 2016, "2016-03-01")]
    [InlineData("٠١/٠٣/٢٠١٦", 2016, "2016-03-01")]
    [InlineData("15.3.2016", 2016, "2016-03-15")]
    [InlineData("1-Mar-2016", 2016, "2016-03-01")]
    [InlineData("03/2016", 2016, null)]
    [InlineData("42430", 2016, "2016-03-01")]
    [InlineData("", null, null)]
    public void A_purchase_is_read_as_year_and_day(string cell, int? year, string? day)
    {
        var item = RowWith("Purchased", cell).Item!;
        Assert.Equal(year, item.PurchasedYear);
        Assert.Equal(day, item.PurchasedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1989")]
    [InlineData("2027")]
    [InlineData("2026-11-22")]
    [InlineData("03/15/2016")]
    [InlineData("0000")]
    [InlineData("99999")]
    [InlineData("soon")]
    public void A_year_that_cannot_be_is_refused(string cell) => Assert.Equal(["year_not_valid"], RowWith("Purchased", cell).Codes());

    [Theory]
    [InlineData("250", "250")]
    [InlineData("350.5", "350.5")]
    [InlineData("350,5", "350.5")]
    [InlineData("٣٥٠٫٥", "350.5")]
    [InlineData("350٫5", "350.5")]
    [InlineData("1,250", "1250")]
    [InlineData("1,250.50", "1250.50")]
    [InlineData("1.250,50", "1250.50")]
    [InlineData("١٬٢٥٠", "1250")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("QAR 300", "300")]
    [InlineData("300 ر.ق", "300")]
    [InlineData("300/-", "300")]
    [InlineData("-0", "0")]
    public void An_amount_is_read_however_it_is_written(string cell, string value) =>
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), RowWith("Book value", cell).Item!.BookValue);

    [Theory]
    [InlineData("-300", "value_negative")]
    [InlineData("−300", "value_negative")]
    [InlineData("300-", "value_negative")]
    [InlineData("(300)", "value_negative")]
    [InlineData("QAR -300", "value_negative")]
    [InlineData("1,2,3", "value_not_a_number")]
    [InlineData("12,34.5", "value_not_a_number")]
    [InlineData("free", "value_not_a_number")]
    [InlineData("=1+1", "value_not_a_number")]
    [InlineData("20000000", "value_too_large")]
    public void An_amount_that_is_none_is_refused(string cell, string code) => Assert.Equal([code], RowWith("Book value", cell).Codes());

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+974 1", "'+974 1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("Lenovo", "Lenovo")]
    [InlineData("", "")]
    public void A_formula_is_neutralised_on_its_way_out(string text, string neutral) =>
        Assert.Equal(neutral, SpreadsheetText.Neutralise(text));

    [Theory]
    [InlineData("RAM", "99999999999 GB")]
    [InlineData("Storage", "99999999999 TB")]
    [InlineData("Storage", "999999 GB SSD + 999999 GB HDD")]
    public void A_size_that_no_device_has_is_refused(string heading, string cell) =>
        Assert.Equal(["value_too_large"], RowWith(heading, cell).Codes());
}
