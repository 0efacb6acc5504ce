using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;

namespace BetterConnections.Gateway.Tests;

public class ReplicaTests
{
    private const string Devices = "/api/inventory/devices";

    [Fact]
    public async Task When_a_replica_dies_requests_go_on_and_it_is_taken_out_until_it_is_back()
    {
        await using var one = await Backend.StartAsync();
        var other = await Backend.StartAsync();
        await using var gateway = await GatewayApp.StartAsync(
            ("services:inventory:http:0", one.Address), ("services:inventory:http:1", other.Address), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);
        await UntilAsync(async () => // both are in use
        {
            await client.GetAsync(Devices);
            return one.Seen.Count > 0 && other.Seen.Count > 0;
        });

        await other.DisposeAsync();
        var before = one.Seen.Count;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Devices)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(Devices, new ByteArrayContent(new byte[1000]))).StatusCode);
        }

        Assert.Equal(40, one.Seen.Count - before);
        Assert.All(one.Seen.Where(s => s.Method == "POST"), s => Assert.Equal(1000, s.Body));
        await UntilAsync(async () => await ReachableAsync(client) == 1);

        await using var again = await Backend.StartAsync(other.Address);
        await UntilAsync(async () => await ReachableAsync(client) == 2);
        await UntilAsync(async () =>
        {
            await client.GetAsync(Devices);
            return again.Seen.Count > 0;
        });
    }

    [Fact]
    public async Task With_every_replica_dead_the_answer_is_a_503_that_says_when_to_come_back()
    {
        var (one, other) = (await Backend.StartAsync(), await Backend.StartAsync());
        await using var gateway = await GatewayApp.StartAsync(
            ("services:inventory:http:0", one.Address), ("services:inventory:http:1", other.Address), ("Gateway:ProbeInterval", "00:00:00.2"));
        await one.DisposeAsync();
        await other.DisposeAsync();
        var client = gateway.SignedIn(Roles.Operator);

        await RefusedInTimeAsync(client);
        await UntilAsync(async () => await ReachableAsync(client) == 0);
        await RefusedInTimeAsync(client); // also once they are known to be dead

        var health = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode); // the gateway itself is well
        Assert.Equal("Degraded", (await health.ReadAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/enrollment/sites")).StatusCode);
    }

    [Fact]
    public async Task A_replica_that_is_about_to_stop_gets_no_more_requests()
    {
        var stopping = false;
        await using var one = await Backend.StartAsync();
        await using var other = await Backend.StartAsync(isAlive: () => !stopping);
        await using var gateway = await GatewayApp.StartAsync(
            ("services:inventory:http:0", one.Address), ("services:inventory:http:1", other.Address), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);

        stopping = true;
        await UntilAsync(async () => await ReachableAsync(client) == 1);
        var before = other.Seen.Count;
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Devices)).StatusCode);
        Assert.Equal(before, other.Seen.Count);

        stopping = false;
        await UntilAsync(async () => await ReachableAsync(client) == 2);
    }

    [Fact]
    public async Task A_frozen_service_is_refused_at_once_when_it_is_known_to_be_frozen_until_it_moves_again()
    {
        var (thawed, frozen) = (new TaskCompletionSource(), true);
        await using var service = await Backend.StartAsync(answer: _ => thawed.Task, isAlive: () => !frozen);
        await using var gateway = await GatewayApp.StartAsync(("services:inventory:http:0", service.Address), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);
        await UntilAsync(async () => await ReachableAsync(client) == 0);

        for (var i = 0; i < 20; i++) await RefusedInTimeAsync(client);
        Assert.Empty(service.Seen); // it has not to work through them afterwards

        frozen = false;
        thawed.SetResult();
        await UntilAsync(async () => (await client.GetAsync(Devices)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_replica_whose_machine_is_silent_costs_the_connect_timeout_and_not_the_request()
    {
        using var silent = new Silent();
        await using var service = await Backend.StartAsync();
        await using var gateway = await GatewayApp.StartAsync(
            ("services:inventory:http:0", silent.Address), ("services:inventory:http:1", service.Address), ("Gateway:ConnectTimeout", "00:00:00.3"));
        var client = gateway.SignedIn(Roles.Operator);

        for (var i = 0; i < 8; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Devices)).StatusCode);

        Assert.Equal(8, service.Seen.Count);
    }

    [Fact]
    public async Task With_only_silent_machines_the_answer_is_a_503_in_time()
    {
        using var silent = new Silent();
        await using var gateway = await GatewayApp.StartAsync(("services:inventory:http:0", silent.Address));

        await RefusedInTimeAsync(gateway.SignedIn(Roles.Operator));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up_in_time()
    {
        await using var service = await Backend.StartAsync(answer: http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var gateway = await GatewayApp.StartAsync(("services:inventory:http:0", service.Address));
        var clock = Stopwatch.StartNew();

        await gateway.SignedIn(Roles.Operator).GetAsync(Devices).RefusesAsync(HttpStatusCode.GatewayTimeout, "gateway_timeout");

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("/api/inventory/donations/7/manifest", HttpStatusCode.OK)]
    [InlineData("/api/inventory/donations/7/accept", HttpStatusCode.GatewayTimeout)]
    public async Task Only_an_import_may_take_longer_than_an_answer(string path, HttpStatusCode status)
    {
        await using var service = await Backend.StartAsync(answer: http => Task.Delay(TimeSpan.FromSeconds(2), http.RequestAborted));
        await using var gateway = await GatewayApp.StartAsync(("services:inventory:http:0", service.Address), ("Gateway:AnswerTimeout", "00:00:00.2"));

        Assert.Equal(status, (await gateway.SignedIn(Roles.Operator).PostAsync(path, new ByteArrayContent([1]))).StatusCode);
    }

    [Fact]
    public async Task A_request_that_may_have_taken_effect_is_not_repeated()
    {
        await using var one = await Backend.StartAsync(answer: BreakOff);
        await using var other = await Backend.StartAsync(answer: BreakOff);
        await using var gateway = await GatewayApp.StartAsync(("services:inventory:http:0", one.Address), ("services:inventory:http:1", other.Address));

        await gateway.SignedIn(Roles.Operator).PostAsync(Devices, new ByteArrayContent([1])).RefusesAsync(HttpStatusCode.BadGateway, "bad_gateway");

        Assert.Single(one.Seen.Concat(other.Seen));

        static Task BreakOff(Microsoft.AspNetCore.Http.HttpContext http)
        {
            http.Abort();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(null, "services:training:http:0 is not set")]
    [InlineData("training:8485", "\"training:8485\", which is not an http address")]
    public async Task A_service_without_a_usable_address_stops_the_start(string? address, string message)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => GatewayApp.StartAsync(("services:training:http:0", address)));

        Assert.Contains(message, failure.ToString());
    }

    [Fact]
    public async Task An_address_under_https_does_as_well()
    {
        await using var service = await Backend.StartAsync();
        await using var gateway = await GatewayApp.StartAsync(("services:training:http:0", null), ("services:training:https:0", service.Address));

        Assert.Equal(HttpStatusCode.OK, (await gateway.SignedIn(Roles.Operator).GetAsync("/api/training/sessions")).StatusCode);
    }

    [Fact]
    public async Task Every_address_behind_a_name_is_a_replica_also_those_that_come_later()
    {
        var names = new Names();
        await using var one = await Backend.StartAsync("http://127.0.0.2:0");
        await using var other = await Backend.StartAsync($"http://127.0.0.3:{new Uri(one.Address).Port}");
        names.Stand("inventory", "127.0.0.2");
        await using var gateway = await GatewayApp.StartAsync(names.LookUpAsync,
            ("services:inventory:http:0", $"http://inventory:{new Uri(one.Address).Port}"), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Devices)).StatusCode);
        Assert.Equal(1, await ConfiguredAsync(client));

        names.Stand("inventory", "127.0.0.2", "127.0.0.3");
        await UntilAsync(async () =>
        {
            await client.GetAsync(Devices);
            return other.Seen.Count > 0;
        });
        Assert.Equal(2, await ConfiguredAsync(client));

        names.Stand("inventory", "127.0.0.3");
        await UntilAsync(async () => await ConfiguredAsync(client) == 1);
        var before = one.Seen.Count;
        for (var i = 0; i < 20; i++) await client.GetAsync(Devices);
        Assert.Equal(before, one.Seen.Count);
        Assert.Equal($"inventory:{new Uri(one.Address).Port}", other.Seen[^1].Headers["Host"]);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_any_more_leaves_the_replicas_that_were_known()
    {
        var names = new Names();
        await using var service = await Backend.StartAsync("http://127.0.0.2:0");
        names.Stand("inventory", "127.0.0.2");
        await using var gateway = await GatewayApp.StartAsync(names.LookUpAsync,
            ("services:inventory:http:0", $"http://inventory:{new Uri(service.Address).Port}"), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);

        names.Forget("inventory");
        await names.AskedAgainAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Devices)).StatusCode);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_yet_stops_nothing_but_that_service()
    {
        var names = new Names();
        await using var service = await Backend.StartAsync("http://127.0.0.2:0");
        await using var gateway = await GatewayApp.StartAsync(names.LookUpAsync,
            ("services:inventory:http:0", $"http://inventory.invalid:{new Uri(service.Address).Port}"), ("Gateway:ProbeInterval", "00:00:00.2"));
        var client = gateway.SignedIn(Roles.Operator);
        await client.GetAsync(Devices).RefusesAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/enrollment/sites")).StatusCode);

        names.Stand("inventory.invalid", "127.0.0.2");

        await UntilAsync(async () => (await client.GetAsync(Devices)).StatusCode == HttpStatusCode.OK);
    }

    /// <summary>A name server.</summary>
    private sealed class Names
    {
        private readonly ConcurrentDictionary<string, IPAddress[]> _known = new();
        private int _asked;

        public void Stand(string host, params string[] addresses) => _known[host] = [.. addresses.Select(IPAddress.Parse)];

        public void Forget(string host) => _known.TryRemove(host, out _);

        public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            return _known.TryGetValue(host, out var addresses) ? Task.FromResult(addresses) : throw new SocketException((int)SocketError.HostNotFound);
        }

        public Task AskedAgainAsync()
        {
            var before = _asked;
            return UntilAsync(() => Task.FromResult(_asked > before + 4)); // both clusters of the service, each more than once
        }
    }

    private static async Task RefusedInTimeAsync(HttpClient client)
    {
        var clock = Stopwatch.StartNew();
        var answer = await client.GetAsync(Devices);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Task.FromResult(answer).RefusesAsync(HttpStatusCode.ServiceUnavailable, "service_unavailable");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 3, 7);
    }

    /// <param name="client">An operator's.</param>
    private static Task<int> ReachableAsync(HttpClient client) => ReplicasAsync(client, "reachable");

    private static Task<int> ConfiguredAsync(HttpClient client) => ReplicasAsync(client, "configured");

    private static async Task<int> ReplicasAsync(HttpClient client, string which) => (await client.GetAsync<JsonElement>("/health"))
        .GetProperty("checks").GetProperty("services").GetProperty("data").GetProperty("inventory").GetProperty(which).GetInt32();

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds()) await Task.Delay(20, deadline.Token);
    }

    /// <summary>An address that takes no connection and refuses none: its queue of connections is full.</summary>
    private sealed class Silent : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public Silent()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            for (var i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                try
                {
                    socket.Connect(_listener.LocalEndPoint!);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                }
                _waiting.Add(socket);
            }
        }

        public string Address => $"http://{_listener.LocalEndPoint}";

        public void Dispose()
        {
            _listener.Dispose();
            _waiting.ForEach(socket => socket.Dispose());
        }
    }
}
