using System.Reflection;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;

namespace BetterConnections.Contracts.Tests;

/// <summary>The events are what services agree on; their documentation is held to them line by line.</summary>
public partial class EventTests
{
    private static readonly Type[] Events =
        [.. typeof(KitReserved).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false }).OrderBy(t => t.Name)];

    [GeneratedRegex(@"^\| `(?<name>\w+)\((?<fields>[^)]*)\)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [Fact]
    public void The_documentation_lists_every_event_with_exactly_its_fields()
    {
        var documented = Row().Matches(File.ReadAllText("events.md")).Select(m => $"{m.Groups["name"].Value}({m.Groups["fields"].Value})").Order().ToArray();

        Assert.Equal(Events.Select(Signature).Order(), documented);
    }

    [Fact]
    public void All_events_share_the_one_namespace_that_is_their_name_on_the_wire() =>
        Assert.All(Events, e => Assert.Equal("BetterConnections.Contracts", e.Namespace));

    [Fact]
    public void No_event_has_a_field_for_what_identifies_a_person()
    {
        string[] personal = ["name", "mail", "phone", "birth", "gender", "nationality", "passport", "address", "contact"];
        Assert.All(Events, e => Assert.DoesNotContain(e.GetProperties(), p => personal.Any(word => p.Name.Contains(word, StringComparison.OrdinalIgnoreCase))));
    }

    [Fact]
    public void Every_event_says_when_it_happened() =>
        Assert.All(Events.Where(e => e != typeof(JoinedWorker) && e != typeof(AssignedShift) && e != typeof(ReportedProblem)), e => Assert.Equal(typeof(DateTimeOffset), e.GetProperty("At")?.PropertyType));

    private static string Signature(Type type) => $"{type.Name}({string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name))})";
}
