namespace Sweeper.Grains.Store;

/// <summary>A failure of the store itself, as against one of a single write.</summary>
/// <param name="Message">What happened and what to do next, for a person, without secrets.</param>
/// <param name="Transient">Whether it may pass by itself.</param>
internal sealed record StoreFault(string Message, bool Transient);
