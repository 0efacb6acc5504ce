namespace BetterConnections.Inventory.Wipes;

/// <summary>The levels of NIST SP 800-88: against simple recovery, against a laboratory, and for good.</summary>
public enum WipeMethod { Clear, Purge, Destroy }

public enum WipeTechnique { Overwrite, SecureErase, BlockErase, CryptographicErase, Degauss, Shred, Disintegrate, Incinerate, Melt }

public enum WipeStatus { Succeeded, Failed }

/// <summary>How much of the medium was read back or looked at.</summary>
public enum VerificationKind { None, Sampling, Full, Visual }

public enum VerificationResult { NotDone, Passed, Failed }

/// <summary>What a device's wipe records come to, weakest first: a device is as clean as the worst of its media.</summary>
public enum WipeStanding { Failed, Missing, Unverified, Clear, Purge, Destroy }

public static class WipeTerms
{
    public static bool IsAdequate(this WipeStanding standing) => standing >= WipeStanding.Clear;

    public static bool IsPhysical(this WipeTechnique technique) => technique >= WipeTechnique.Shred;
}
