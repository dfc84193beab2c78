namespace Sweeper.Contracts.Access;

/// <summary>Calls of this method are kept in the audit log, whoever makes them.</summary>
/// <param name="action">What it does, in the console's words.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditedAttribute(string action) : Attribute
{
    /// <summary>What it does.</summary>
    public string Action { get; } = action;
}
