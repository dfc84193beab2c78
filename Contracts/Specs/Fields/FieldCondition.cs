namespace Sweeper.Contracts.Specs.Fields;

/// <summary>When a field has an effect.</summary>
/// <param name="On">Field that decides.</param>
/// <param name="Holds">Whether the field has an effect, given the others.</param>
/// <param name="Words">When it has, in words: "with type `fastai` or `pytorch`".</param>
internal sealed record FieldCondition(SpecField On, Func<SpecValues, bool> Holds, string Words);
