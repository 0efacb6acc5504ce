namespace BetterConnections.Inventory.Devices;

public enum DeviceKind { Desktop, Laptop, Modem, Monitor, Printer, Other }

public enum StorageKind { None, Hdd, Ssd, Unknown }

/// <summary>A device's life, from the donor to the recycler.</summary>
public enum DeviceState
{
    Received, Triaged, Wiped, Refurbished, Licensed, InStock, Reserved, InTransit, Deployed,
    Faulty, InRepair, Returned, Lost, Retired, Recycled,
}

/// <summary>Which state may follow which. What else a step needs (a wipe record, a licence seat) is asked where the step is taken.</summary>
public static class DeviceLife
{
    private static readonly Dictionary<DeviceState, DeviceState[]> Next = new()
    {
        [DeviceState.Received] = [DeviceState.Triaged, DeviceState.Lost, DeviceState.Retired],
        // A device without storage (a modem, a monitor) has nothing to wipe and goes to stock from triage.
        [DeviceState.Triaged] = [DeviceState.Wiped, DeviceState.InStock, DeviceState.Faulty, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Wiped] = [DeviceState.Refurbished, DeviceState.Faulty, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Refurbished] = [DeviceState.Licensed, DeviceState.Faulty, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Licensed] = [DeviceState.InStock, DeviceState.Faulty, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.InStock] = [DeviceState.Reserved, DeviceState.Faulty, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Reserved] = [DeviceState.InTransit, DeviceState.InStock, DeviceState.Faulty, DeviceState.Lost],
        [DeviceState.InTransit] = [DeviceState.Deployed, DeviceState.Returned, DeviceState.Faulty, DeviceState.Lost],
        [DeviceState.Deployed] = [DeviceState.Faulty, DeviceState.Returned, DeviceState.Lost],
        [DeviceState.Faulty] = [DeviceState.InRepair, DeviceState.Returned, DeviceState.Lost, DeviceState.Retired],
        // Into stock only what was never in use since its wipe; else it is returned, triaged and wiped anew.
        [DeviceState.InRepair] = [DeviceState.InStock, DeviceState.Deployed, DeviceState.Returned, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Returned] = [DeviceState.Triaged, DeviceState.Lost, DeviceState.Retired],
        [DeviceState.Lost] = [DeviceState.Returned],
        [DeviceState.Retired] = [DeviceState.Recycled, DeviceState.Lost],
        [DeviceState.Recycled] = [],
    };

    public static IReadOnlyList<DeviceState> After(DeviceState state) => Next[state];

    /// <summary>A device that fails on site stays in its facility's kit until it is mended there or replaced; one that fails on the way leaves it.</summary>
    public static bool StaysInKit(DeviceState from, DeviceState to) => to switch
    {
        DeviceState.Reserved or DeviceState.InTransit or DeviceState.Deployed or DeviceState.InRepair => true,
        DeviceState.Faulty => from == DeviceState.Deployed,
        _ => false,
    };

    public static bool IsComputer(this DeviceKind kind) => kind is DeviceKind.Desktop or DeviceKind.Laptop;
}
