using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Inventory.Tests;

public class DatabaseAwayTests(FreshInventoryApp inventory) : IClassFixture<FreshInventoryApp>
{
    private const string Devices = "/api/inventory/devices";
    private readonly HttpClient _warehouse = inventory.As(Roles.Logistics);

    [Fact]
    public async Task A_statement_that_gets_no_answer_is_given_up_before_the_gateway_gives_up_the_service()
    {
        await using var silent = await HeldLock.TakeAsync(inventory.Services, "lock table devices");
        _warehouse.Timeout = TimeSpan.FromSeconds(20); // Npgsql's own patience is 30 s

        await RefusesAsync(_warehouse.GetAsync(Devices));

        await silent.ReleaseAsync();
        Assert.Equal(HttpStatusCode.OK, (await _warehouse.GetAsync(Devices)).StatusCode);
    }

    [Fact]
    public async Task A_full_disk_is_nobodys_fault_and_the_request_can_be_repeated()
    {
        await inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"""
            create function disk_is_full() returns trigger language plpgsql as $body$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $body$;
            create trigger disk_is_full before insert on devices execute function disk_is_full();
            """));
        var (key, device) = (Guid.NewGuid().ToString(), new { kind = "Modem", serial = Some.Serial() });

        await RefusesAsync(_warehouse.PostOnceAsync(Devices, device, key));

        await inventory.InDbAsync(db => db.Database.ExecuteSqlAsync($"drop trigger disk_is_full on devices"));
        Assert.Equal(HttpStatusCode.Created, (await _warehouse.PostOnceAsync(Devices, device, key)).StatusCode);
    }

    [Fact]
    public async Task Operators_see_the_queues_all_the_same_and_that_nothing_is_known_of_the_outbox()
    {
        var operators = inventory.As(Roles.Operator);
        operators.Timeout = TimeSpan.FromSeconds(3); // the operators' page waits no longer
        Assert.NotNull((await operators.GetAsync<MessagingState>("/api/inventory/messaging")).Outbox);
        await using var silent = await HeldLock.TakeAsync(inventory.Services, "lock table outbox_messages");

        var state = await operators.GetAsync<MessagingState>("/api/inventory/messaging");

        Assert.Null(state.Outbox);
        Assert.Contains(state.Queues, q => q.Queue == "inventory.reserve-kit-when-facility-space-ready");
    }

    private static async Task RefusesAsync(Task<HttpResponseMessage> answer)
    {
        await answer.RefusesAsync(HttpStatusCode.ServiceUnavailable, "database_unavailable");
        Assert.InRange((await answer).Headers.RetryAfter!.Delta!.Value.TotalSeconds, 3, 7);
    }
}
