using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Access;

/// <summary>What whoever holds a token may do; each role may do what those before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Sees every sweep.</summary>
    Viewer,

    /// <summary>Submits sweeps, and changes the course of its own.</summary>
    Submitter,

    /// <summary>Changes the course of every sweep, and sees what operators see.</summary>
    Admin,
}
