using BetterConnections.Enrollment.Employers;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Sites;

/// <summary>An accommodation complex where workers live.</summary>
public sealed class Site
{
    private Site() { }

    public Guid Id { get; private set; }
    public Guid EmployerId { get; private set; }
    public Employer Employer { get; private set; } = null!;
    public string Name { get; private set; } = null!;
    public string Address { get; private set; } = null!;
    /// <summary>The administrative zone, as addresses name it.</summary>
    public string Zone { get; private set; } = null!;
    /// <summary>Degrees, WGS 84.</summary>
    public double Latitude { get; private set; }
    public double Longitude { get; private set; }
    public int Residents { get; private set; }
    /// <summary>ISO 639-1 codes, most spoken first.</summary>
    public string[] Languages { get; private set; } = [];
    public DateTimeOffset AddedAt { get; private set; }
    public uint Version { get; private set; }

    public static Site Add(Guid employerId, SiteDetails details, ProgrammeSettings programme, DateTimeOffset at)
    {
        var site = new Site { Id = Guid.CreateVersion7(at), EmployerId = employerId, AddedAt = at };
        site.Change(details, programme);
        return site;
    }

    /// <exception cref="BadInput">coordinates_outside_country, language_unknown</exception>
    public void Change(SiteDetails details, ProgrammeSettings programme)
    {
        if (!programme.Bounds.Contain(details.Latitude, details.Longitude))
            throw new BadInput("coordinates_outside_country",
                $"{details.Latitude}, {details.Longitude} is not in {programme.Country}. Latitude comes first, longitude second, in degrees.");
        (Name, Address, Zone) = (details.Name.Trim(), details.Address.Trim(), details.Zone.Trim());
        (Latitude, Longitude, Residents) = (details.Latitude, details.Longitude, details.Residents);
        Languages = programme.KnownLanguages(details.Languages);
    }

    /// <summary>One facility for each begun <see cref="ProgrammeSettings.ResidentsPerFacility"/> residents.</summary>
    public int MostFacilities(ProgrammeSettings programme) => (Residents + programme.ResidentsPerFacility - 1) / programme.ResidentsPerFacility;
}
