namespace BetterConnections.ServiceDefaults;

public static class FullDisk
{
    private const int NoSpace = 28, QuotaExceeded = 122; // Linux' ENOSPC and EDQUOT, which .NET passes on as they are

    /// <summary>Is there no room for the temporary file of an upload? That is no fault of who sends, and passes.</summary>
    public static bool IsFullDisk(this Exception exception) => exception is IOException { HResult: NoSpace or QuotaExceeded };
}
