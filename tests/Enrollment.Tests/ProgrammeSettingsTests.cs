using BetterConnections.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace BetterConnections.Enrollment.Tests;

public class ProgrammeSettingsTests
{
    [Fact]
    public void Another_country_replaces_the_lists_instead_of_adding_to_Qatars()
    {
        var settings = Read(new()
        {
            ["Programme:Country"] = "JO",
            ["Programme:Languages:0"] = "ar",
            ["Programme:Languages:1"] = "am",
            ["Programme:Checklist:0:Code"] = "room",
            ["Programme:Checklist:0:English"] = "A room",
            ["Programme:Checklist:0:Arabic"] = "غرفة",
            ["Programme:Checklist:0:Mandatory"] = "false",
            ["Programme:Bounds:South"] = "29",
        });

        Assert.Equal(["ar", "am"], settings.Languages);
        Assert.Equal([new ChecklistItem("room", "A room", "غرفة", Mandatory: false)], settings.Checklist);
        Assert.Equal(("JO", 29, 51.7), (settings.Country, settings.Bounds.South, settings.Bounds.East));
        Assert.Equal(7, settings.Topics.Count);
    }

    [Fact]
    public void Qatars_settings_are_the_default()
    {
        var settings = new ProgrammeSettings();

        Assert.Equal((800, 10, 1, "QAR"), (settings.ResidentsPerFacility, settings.KitComputers, settings.KitModems, settings.Currency));
        Assert.Equal((10, 7, 9), (settings.Languages.Count, settings.Topics.Count, settings.Checklist.Count));
    }

    [Theory]
    [InlineData("xx"), InlineData("EN"), InlineData(null)]
    public void A_language_that_the_programme_does_not_have_is_refused(string? language) =>
        Assert.Equal("language_unknown", Assert.Throws<BadInput>(() => new ProgrammeSettings().KnownLanguages(["ar", language!])).Code);

    private static ProgrammeSettings Read(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Programme").Get<ProgrammeSettings>()!;
}
