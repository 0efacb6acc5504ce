using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace BetterConnections.Demo;

/// <summary>The accounts of the demonstration: made by the administrator, except those of employers and volunteers, who register themselves.</summary>
internal sealed class People(HttpClient gateway, Person administrator)
{
    /// <summary>One for all demonstration accounts, new each time and printed, so that their work can be looked at afterwards.</summary>
    private readonly string _password = "Demo-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    public Person Administrator => administrator;
    public Person Office { get; private set; } = null!;
    public Person Warehouse { get; private set; } = null!;
    public Person Donor { get; private set; } = null!;
    public Person Recycler { get; private set; } = null!;
    public IReadOnlyList<Person> Clubs { get; private set; } = [];
    public Person Assessor { get; private set; } = null!;
    public Person Inspector { get; private set; } = null!;
    public Person TrainingPartner { get; private set; } = null!;
    public Person Evaluator { get; private set; } = null!;
    public Visitor Visitor { get; } = new(gateway);
    public Guid DonorId { get; } = Guid.NewGuid();
    public Guid RecyclerId { get; } = Guid.NewGuid();
    public IReadOnlyList<Guid> ClubIds { get; } = [Guid.NewGuid(), Guid.NewGuid()];

    /// <summary>False when the demonstration was played on this system before.</summary>
    public async Task<bool> ArriveAsync()
    {
        var accounts = await administrator.ListAsync("/api/identity/accounts");
        if (accounts.Any(a => a.Text("userName") == Address("office"))) return false;

        Office = await CreateAsync("office", "programme-office");
        Warehouse = await CreateAsync("warehouse", "logistics");
        Donor = await CreateAsync("ministry", "donor", DonorId);
        Recycler = await CreateAsync("recycler", "recycler", RecyclerId);
        Clubs = [await CreateAsync("club-north", "club", ClubIds[0]), await CreateAsync("club-south", "club", ClubIds[1])];
        Assessor = await CreateAsync("assessor", "volunteer");
        Inspector = await CreateAsync("inspector", "volunteer");
        TrainingPartner = await CreateAsync("training-partner", "training-partner");
        Evaluator = await CreateAsync("evaluator", "evaluator");
        Story.Tell($"10 people have accounts {Address("…")}; the password of all is {_password}");
        return true;
    }

    /// <summary>Somebody registers itself. One address may do so once a second, so it may be told to wait.</summary>
    /// <param name="role"><c>employer</c> or <c>volunteer</c>.</param>
    public async Task<Person> RegisterAsync(string role, int number)
    {
        var userName = Address($"{role}{number}");
        using var client = new HttpClient { BaseAddress = gateway.BaseAddress };
        while (true)
        {
            using var response = await client.PostAsJsonAsync("/api/identity/registrations", new { userName, password = _password, role });
            if (response.IsSuccessStatusCode) return new Person(gateway, userName, _password);
            if ((int)response.StatusCode != 429) throw new DemoFailed($"{userName} could not register: {await response.Content.ReadAsStringAsync()}");
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private async Task<Person> CreateAsync(string name, string role, Guid? organisationId = null)
    {
        var created = await administrator.PostAsync("/api/identity/accounts", new { userName = Address(name), roles = new[] { role }, organisationId });
        using var client = new HttpClient { BaseAddress = gateway.BaseAddress };
        using var response = await client.PostAsJsonAsync("/api/identity/me/password",
            new { userName = Address(name), currentPassword = created.Text("password"), newPassword = _password });
        if (!response.IsSuccessStatusCode) throw new DemoFailed($"{name} could not choose a password: {await response.Content.ReadAsStringAsync()}");
        return new Person(gateway, Address(name), _password);
    }

    private static string Address(string name) => $"{name}@demo.betterconnections.example";
}
