using System.Text.RegularExpressions;

namespace BetterConnections.Contracts.Tests;

/// <summary>SECURITY.md names the tests that stand behind what it says.</summary>
public partial class SecurityPageTests
{
    private static readonly string Root = Above(AppContext.BaseDirectory);
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "SECURITY.md"));

    [GeneratedRegex(@"`(?<file>\w+\.Tests/[\w/]+\.cs)`\s+`(?<method>\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^### API(?<number>\d+) .*?(?=^##)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Risk();

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var named = NamedTest().Matches(Page);

        Assert.Equal(named.Count, Regex.Count(Page, @"\.Tests/")); // none is written so that this test overlooks it
        Assert.All(named, test => Assert.Matches(@$"(Fact|Theory)[^;{{]*public \S*\s*\S+ {test.Groups["method"].Value}\(",
            File.ReadAllText(Path.Combine(Root, "tests", test.Groups["file"].Value))));
    }

    [Fact]
    public void Each_of_the_ten_risks_is_covered_by_tests()
    {
        var risks = Risk().Matches(Page);

        Assert.Equal(Enumerable.Range(1, 10), risks.Select(r => int.Parse(r.Groups["number"].Value)));
        Assert.All(risks, risk => Assert.Matches(NamedTest(), risk.Value));
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "BetterConnections.sln")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
