using BetterConnections.Contracts;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Somebody who asks what nobody should ask. What is its own carries its mark; whoever is confined may read no other's.</summary>
/// <param name="Person">Null for who is not signed in, or has a token that is worth nothing.</param>
/// <param name="Token">For those without an account: what they send instead.</param>
/// <param name="IsConfined">Sees its own things and what is public.</param>
public sealed record Tenant(string Name, Person? Person, string OwnMark, bool IsConfined, string? Token = null)
{
    /// <summary>Begins every mark; no request ever holds one, so no answer can be an echo.</summary>
    public const string Mark = "Qxmark";

    public bool IsNobody => Person is null;

    public bool MayNotSee(string body) => IsConfined && body.Replace(OwnMark, "").Contains(Mark);

    /// <summary>Everybody, with something of each tenant to be found.</summary>
    public static async Task<IReadOnlyList<Tenant>> PlantAsync(WholeSystem system)
    {
        var (office, staff) = (system.Office, system.Staff);
        var tenants = new List<Tenant>();
        string NextMark() => $"{Mark}{Guid.NewGuid():n}";

        for (var i = 0; i < 2; i++)
        {
            var employer = await staff.ApprovedEmployerAsync();
            var mark = NextMark();
            var facility = await employer.ApplyAsync(await employer.AddSiteAsync($"{mark} camp", facilities: 4));
            await employer.ApplyAsync(await employer.AddSiteAsync($"{mark} annex", facilities: 1));
            tenants.Add(new($"employer {i}", employer, mark, IsConfined: true));
            (await office.TryPostAsync($"/api/enrollment/facilities/{facility.Id}/withdraw", new { why = $"{mark} is sold." })).Read();
        }
        for (var i = 0; i < 2; i++)
        {
            var mark = NextMark();
            var id = (await office.PostAsync<Named>("/api/inventory/donors", new { name = $"{mark} company", kind = "Company" })).Id;
            var donor = await staff.HireAsync(Roles.Donor, id);
            await donor.PostAsync<Named>("/api/inventory/donations", new { description = $"{mark} computers", expectedDevices = 40 });
            tenants.Add(new($"donor {i}", donor, mark, IsConfined: true));
        }
        for (var i = 0; i < 2; i++)
        {
            var (mark, volunteer) = (NextMark(), await staff.HireAsync(Roles.Volunteer));
            await volunteer.ApplyAsVolunteerAsync($"{mark} Nair");
            tenants.Add(new($"volunteer {i}", volunteer, mark, IsConfined: true));
        }
        foreach (var role in (string[])[Roles.Club, Roles.Recycler, Roles.Operator])
            tenants.Add(new(role, await staff.HireAsync(role, role == Roles.Operator ? null : Guid.NewGuid()), NextMark(), IsConfined: true));
        foreach (var role in (string[])[Roles.Logistics, Roles.Regulator, Roles.TrainingPartner, Roles.Evaluator])
            tenants.Add(new(role, await staff.HireAsync(role), NextMark(), IsConfined: false));
        tenants.Add(new("programme office", office, NextMark(), IsConfined: false));

        tenants.Add(new("nobody", null, NextMark(), IsConfined: true));
        foreach (var (name, token) in Forgery.Of(await office.TokenAsync())) tenants.Add(new(name, null, NextMark(), IsConfined: true, token));
        return tenants;
    }

    private sealed record Named(Guid Id);
}
