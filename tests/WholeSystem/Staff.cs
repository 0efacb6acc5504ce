using System.Collections.Concurrent;
using System.Net;
using BetterConnections.Contracts;

namespace BetterConnections.WholeSystems;

/// <summary>Accounts, made as they are made in life: the programme office hands out a one-time password, employers register themselves.</summary>
public sealed class Staff(WholeSystem system, Person office)
{
    private const string Password = "a long walk to the pearl 7";
    private readonly ConcurrentDictionary<string, Lazy<Task<Person>>> _byRole = new();

    public Task<Person> WarehouseAsync() => OneAsync(Roles.Logistics);

    /// <summary>The one with this role whom all journeys share.</summary>
    private Task<Person> OneAsync(string role) => _byRole.GetOrAdd(role, _ => new(() => HireAsync(role))).Value;

    public async Task<Person> HireAsync(string role, Guid? organisationId = null)
    {
        var invited = await InviteAsync(role, organisationId);
        return await system.Known(invited.UserName, Password).ChooseInPlaceOfAsync(invited.Password);
    }

    /// <summary>Somebody who was handed a one-time password and has not chosen another yet.</summary>
    public async Task<Person> InviteAsync(string role, Guid? organisationId = null)
    {
        var userName = $"{role}-{Guid.NewGuid():n}@example.org";
        var created = await office.TryPostAsync("/api/identity/accounts", new { userName, roles = new[] { role }, organisationId });
        var oneTime = created.IsDone ? created.Read<OneTimePassword>() : await ResetAsync(userName, created);
        return system.Known(userName, oneTime.Password);
    }

    /// <summary>The account was created and the answer got lost; nobody keeps the password that was in it, so the office asks for another.</summary>
    private async Task<OneTimePassword> ResetAsync(string userName, Answer refused)
    {
        Assert.True(refused.Status == HttpStatusCode.Conflict && refused.Code == "user_name_taken", $"{refused.Request}: {refused.Body}");
        var account = (await office.GetAsync<Page<Account>>($"/api/identity/accounts?search={Uri.EscapeDataString(userName)}")).Items.Single();
        return await office.PostAsync<OneTimePassword>($"/api/identity/accounts/{account.Id}/reset-password");
    }

    /// <summary>An account with an organisation of its own; the company itself is not known to Enrollment yet.</summary>
    public Task<Person> NewEmployerAsync() => system.Known($"employer-{Guid.NewGuid():n}@example.org", Password).RegisterAsync(Roles.Employer);

    /// <summary>An account; the volunteer itself has not applied yet.</summary>
    public Task<Person> NewVolunteerAsync() => system.Known($"volunteer-{Guid.NewGuid():n}@example.org", Password).RegisterAsync(Roles.Volunteer);

    /// <summary>One whose company has passed its review.</summary>
    public async Task<Person> ApprovedEmployerAsync()
    {
        var employer = await NewEmployerAsync();
        await office.ApproveAsync(await employer.RegisterCompanyAsync());
        return employer;
    }

    /// <summary>A partner's system that may ask for these scopes.</summary>
    public async Task<Person> PartnerSystemAsync(string name, params string[] scopes)
    {
        var created = await office.PostAsync<ClientSecret>("/api/identity/clients", new { name, scopes });
        return system.KnownSystem(created.Client.Id, created.Secret);
    }

    private sealed record ClientSecret(Account Client, string Secret);

    private sealed record OneTimePassword(string Password);

    private sealed record Account(Guid Id);
}
