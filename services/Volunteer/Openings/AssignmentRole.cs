namespace BetterConnections.Volunteers.Openings;

/// <summary>What a volunteer does at a facility. In events the words of <see cref="Contracts.AssignmentRoles"/>.</summary>
public enum AssignmentRole { Assessor, Inspector, Installer, Trainer, Monitor }

public static class AssignmentRoleWords
{
    /// <summary>As events say it: <c>trainer</c>.</summary>
    public static string Word(this AssignmentRole role) => role.ToString().ToLowerInvariant();
}
