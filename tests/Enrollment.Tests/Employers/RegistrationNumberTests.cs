using BetterConnections.Enrollment.Employers;

namespace BetterConnections.Enrollment.Tests.Employers;

public class RegistrationNumberTests
{
    [Theory]
    [InlineData("12345", "12345")]
    [InlineData(" 12-345 ", "12345")]
    [InlineData("0012345", "12345")]
    [InlineData("١٢٣٤٥", "12345")]
    [InlineData("۱۲۳۴۵", "12345")]
    [InlineData("\u200e12345/2\u200f", "12345/2")]
    [InlineData("qfc 00123", "QFC00123")]
    public void One_company_has_one_form_however_it_is_written(string written, string form) => Assert.Equal(form, RegistrationNumber.Normalise(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("000")]
    [InlineData("n/a")]
    [InlineData("=1+1")]
    [InlineData("12345/2/3")]
    [InlineData("123456789012345678901")]
    public void What_is_no_registration_number_has_no_form(string? written) => Assert.Null(RegistrationNumber.Normalise(written));
}
