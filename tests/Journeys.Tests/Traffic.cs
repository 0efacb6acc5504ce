using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Journeys.Tests;

/// <summary>Clients that work at the same time until they are told to stop: suppliers, facilities on their way to the opening, newcomers, volunteers, learners, a monitor with a phone.</summary>
public sealed class Traffic
{
    private readonly WholeSystem _system;
    private readonly IReadOnlyList<Person> _people;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _clients = [];

    private readonly TimeSpan _pause;

    private Traffic(WholeSystem system, IReadOnlyList<Person> people, Ledger ledger, TimeSpan pause) => (_system, _people, Ledger, _pause) = (system, people, ledger, pause);

    public Ledger Ledger { get; }

    public int Acknowledged => _people.Sum(p => p.Acknowledged);

    /// <param name="pause">Of each client between two pieces of work.</param>
    public static async Task<Traffic> StartAsync(WholeSystem system, TimeSpan pause = default)
    {
        var school = await system.School.OpenAsync();
        var (warehouse, employer) = (await system.Staff.WarehouseAsync(), await system.Staff.ApprovedEmployerAsync());
        var ledger = new Ledger();
        var surveys = await SurveyTraffic.EquipAsync(system, school, ledger);
        var traffic = new Traffic(system, [warehouse, employer, system.Office, school.Partner, surveys.Evaluator], ledger, pause);
        var location = await warehouse.OpenWarehouseAsync();
        for (var i = 0; i < 3; i++) traffic.Keep(() => traffic.SupplyAsync(warehouse, location));
        for (var i = 0; i < 4; i++)
        {
            var site = await employer.AddSiteAsync($"{ledger.Mark}-{i}", facilities: 100);
            traffic.Keep(() => traffic.BringToOpeningAsync(employer, warehouse, site));
        }
        traffic.Keep(traffic.RegisterCompanyAsync);
        var teaching = new TeachingTraffic(system, school, ledger);
        for (var i = 0; i < 2; i++)
        {
            traffic.Keep(teaching.VolunteerAsync);
            traffic.Keep(teaching.TeachAsync);
        }
        traffic.Keep(surveys.SurveyAsync);
        return traffic;
    }

    /// <summary>Everybody else looks at what concerns them.</summary>
    public async Task AlsoReadAsync(params (string Role, string[] Paths)[] readers)
    {
        foreach (var (role, paths) in readers)
        {
            var person = await _system.Staff.HireAsync(role, role is Roles.Donor or Roles.Club or Roles.Recycler ? Guid.NewGuid() : null);
            Keep(async () =>
            {
                foreach (var path in paths) (await person.TryGetAsync(path)).Read();
            });
        }
    }

    /// <summary>Until so many more writes are acknowledged; fails at once when a client was answered what it must not be.</summary>
    public Task AcknowledgesAsync(int more)
    {
        var wanted = Acknowledged + more;
        return Eventually.BecomesAsync(async () =>
        {
            if (_clients.Find(c => c.IsFaulted) is { } failed) await failed;
            return Acknowledged;
        }, acknowledged => acknowledged >= wanted, TimeSpan.FromMinutes(2));
    }

    /// <summary>Each client ends what it has begun; only who waits for a kit stays in line.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    private void Keep(Func<Task> work) => _clients.Add(Task.Run(async () =>
    {
        while (!_stop.IsCancellationRequested)
        {
            await work();
            await Task.Delay(_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }));

    private async Task SupplyAsync(Person warehouse, Guid location)
    {
        var devices = new List<Device>();
        for (var i = 0; i < 11; i++)
        {
            var serial = $"{Ledger.Mark}{Guid.NewGuid():n}".ToUpperInvariant();
            var device = await warehouse.RegisterAsync(i == 0 ? "Modem" : "Desktop", serial);
            Ledger.Registered[serial] = device.Barcode;
            devices.Add(device);
        }
        await warehouse.ScanAsync("Triage", devices);
        await warehouse.ScanAsync("Store", devices, location);
        foreach (var device in devices) Ledger.StoredBarcodes.Add(device.Barcode);
    }

    private async Task BringToOpeningAsync(Person employer, Person warehouse, Guid site)
    {
        var facility = (await employer.ApplyAsync(site)).Id;
        Ledger.Applied.Add(facility);
        await _system.Office.AssessNeedsAsync(facility);
        await employer.PrepareSpaceAsync(_system.Office, facility);
        await _system.Office.DeclareSpaceReadyAsync(facility);
        Ledger.SpaceReady.Add(facility);

        if (!await BecomesAsync(facility, "KitReserved")) return;
        var (shipment, devices) = await warehouse.DispatchAsync(facility);
        await warehouse.ReceiveAsync(shipment, devices);
        await _system.Office.BecomesAsync(facility, "KitDelivered");
        Ledger.OpeningNumbers[facility] = (await _system.Office.OpenAsync(facility)).OpeningNumber!.Value;
    }

    /// <summary>False when told to stop before.</summary>
    private async Task<bool> BecomesAsync(Guid facility, string state)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await _system.Office.FacilityAsync(facility)).State != state)
        {
            if (_stop.IsCancellationRequested) return false;
            await again.WaitForNextTickAsync();
        }
        return true;
    }

    private async Task RegisterCompanyAsync() => Ledger.Companies.Add(await (await _system.Staff.NewEmployerAsync()).RegisterCompanyAsync());
}
