using System.Diagnostics;

namespace BetterConnections.Evaluation.Tests.Account;

internal static class Iati
{
    /// <summary>By xmllint, against the schema of IATI 2.03.</summary>
    public static async Task AssertValidAsync(string text)
    {
        using var xmllint = Process.Start(new ProcessStartInfo("xmllint", ["--noout", "--nonet", "--schema", "data/iati/iati-activities-schema.xsd", "-"])
        { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardInput = true, RedirectStandardError = true })!;
        await xmllint.StandardInput.WriteAsync(text);
        xmllint.StandardInput.Close();
        var said = await xmllint.StandardError.ReadToEndAsync();
        await xmllint.WaitForExitAsync();
        Assert.True(xmllint.ExitCode == 0, said);
    }
}
