using BetterConnections.Contracts;
using BetterConnections.Inventory.Devices;
using BetterConnections.Inventory.Kits;
using BetterConnections.ServiceDefaults;
using FsCheck;
using FsCheck.Fluent;

namespace BetterConnections.Inventory.Tests.Kits;

/// <summary>Devices and kits driven by random commands, beside a model that is written from the programme's description and not from the code.</summary>
public class StateMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DeviceState[] MayBeInKit =
        [DeviceState.Reserved, DeviceState.InTransit, DeviceState.Deployed, DeviceState.Faulty, DeviceState.InRepair];

    [Fact]
    public void Whatever_is_done_to_a_device_its_history_is_unbroken_and_its_kit_is_where_kits_can_be() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<DeviceState>()).ListOf().ToArbitrary(), states =>
        {
            var device = Device.Receive(Barcode.Of(1, "BC"), DeviceKind.Desktop, "S1", StorageKind.Ssd, null, new Act("test", Start));
            var kit = Guid.NewGuid();
            foreach (var (state, i) in states.Select((s, i) => (s, i)))
            {
                var (before, length, kitBefore) = (device.State, device.HistoryLength, device.KitId);
                var refused = false;
                var act = new Act("test", Start.AddMinutes(i));
                try
                {
                    if (state == DeviceState.Reserved) device.SetAsideFor(kit, act);
                    else device.Move(state, act);
                }
                catch (RuleBroken)
                {
                    refused = true;
                }
                Assert.Equal(refused ? (before, length, kitBefore) : (state, length + 1, device.KitId), (device.State, device.HistoryLength, device.KitId));
                Assert.True(device.KitId is null || MayBeInKit.Contains(device.State), $"{device.State} in a kit");
                Assert.True(device.State is not (DeviceState.Reserved or DeviceState.InTransit or DeviceState.Deployed) || device.KitId == kit, $"{device.State} in no kit");
                // A kit that loses a device knows that it is owed one, and nobody is owed what is still there.
                Assert.True(kitBefore is null || device.KitId is not null || device.LeftKitId == kit);
                Assert.True(device.KitId is null || device.LeftKitId is null);
            }
            Assert.Equal(Enumerable.Range(1, device.HistoryLength), device.History.Select(h => h.Seq));
            Assert.Equal(device.History.SkipLast(1).Select(h => (DeviceState?)h.ToState), device.History.Skip(1).Select(h => h.FromState));
            Assert.DoesNotContain(device.History, h => h.FromState == DeviceState.Recycled);
        }).QuickCheckThrowOnFailure();

    private enum Command { Reserve, Dispatch, Deliver, End, Prioritise }

    /// <summary>Status, command, next status; what is not here is refused.</summary>
    private static readonly Dictionary<(KitStatus, Command), KitStatus> Life = new()
    {
        [(KitStatus.Waiting, Command.Reserve)] = KitStatus.Reserved,
        [(KitStatus.Waiting, Command.Prioritise)] = KitStatus.Waiting,
        [(KitStatus.Waiting, Command.End)] = KitStatus.Cancelled,
        [(KitStatus.Reserved, Command.Dispatch)] = KitStatus.InTransit,
        [(KitStatus.Reserved, Command.End)] = KitStatus.Released,
        [(KitStatus.InTransit, Command.Dispatch)] = KitStatus.InTransit,
        [(KitStatus.InTransit, Command.Deliver)] = KitStatus.Delivered,
        [(KitStatus.InTransit, Command.End)] = KitStatus.CalledBack,
        [(KitStatus.Delivered, Command.Dispatch)] = KitStatus.Delivered,
        [(KitStatus.Delivered, Command.End)] = KitStatus.CalledBack,
    };

    [Fact]
    public void A_kit_follows_its_life_and_refuses_the_rest_unchanged() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<Command>()).ListOf().ToArbitrary(), commands =>
        {
            var kit = Kit.For(new FacilitySpaceReady(Guid.NewGuid(), "F0001", "56", 0, 10, 1, Start));
            foreach (var command in commands)
            {
                var before = kit.Status;
                var allowed = Life.TryGetValue((before, command), out var next);
                if (allowed) Do(kit, command);
                else Assert.Throws<RuleBroken>(() => Do(kit, command));
                Assert.Equal(allowed ? next : before, kit.Status);
            }
        }).QuickCheckThrowOnFailure();

    private static void Do(Kit kit, Command command)
    {
        switch (command)
        {
            case Command.Reserve: kit.Reserve(Start); break;
            case Command.Dispatch: kit.Dispatch(Start); break;
            case Command.Deliver: kit.Deliver(Start); break;
            case Command.End: kit.End("over", Start); break;
            case Command.Prioritise: kit.Prioritise(5, new Act("test", Start, "because")); break;
        }
    }
}
