namespace BetterConnections.Journeys.Tests;

/// <summary>The form that monitors fill in at a facility.</summary>
public sealed record FacilityChecklist(string Facility, string Version)
{
    public const string Form = "bc-facility";

    /// <summary>In the version that the phone is given.</summary>
    public static async Task<FacilityChecklist> OfAsync(Phone phone, string facility) => new(facility, await phone.VersionAsync(Form));

    public string Fill(string instanceId, int hours)
    {
        var now = DateTimeOffset.UtcNow;
        return $"""
            <?xml version="1.0" encoding="UTF-8"?><data id="{Form}" version="{Version}"><start>{now.AddMinutes(-5):O}</start><end>{now:O}</end><facility>{Facility}</facility><lab><OB1>{hours % 169}</OB1><OB2>10</OB2><OB3>9</OB3></lab><meta><instanceID>{instanceId}</instanceID></meta></data>
            """;
    }
}
