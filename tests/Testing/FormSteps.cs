using System.Text.RegularExpressions;
using Xunit;

namespace BetterConnections.Testing;

/// <summary>What a person does with a form of the operators' pages in a browser that keeps cookies.</summary>
public static partial class FormSteps
{
    /// <summary>Opens <paramref name="page"/> and sends the form on it that goes to <paramref name="action"/>.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        Assert.Contains($"action=\"{action}\"", html);
        var token = FormToken().Match(html).Groups[1].Value;
        return await browser.PostAsync(action, new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("formToken", token)]));
    }

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
