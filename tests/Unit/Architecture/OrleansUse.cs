using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sweeper.Tests.Unit.Architecture;

/// <summary>Finds Orleans types in what a type declares.</summary>
internal static class OrleansUse
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>One line for each use: which member, how, of which Orleans type. Empty when there is none.</summary>
    /// <remarks>
    /// Looks at bases, interfaces, generic constraints, fields, properties, events, parameters, returns, attributes and
    /// the local variables of method bodies. A call whose result is thrown away is not seen.
    /// </remarks>
    internal static IEnumerable<string> In(Type type) =>
        Uses(type)
            .SelectMany(use => Parts(use.Used).Where(IsOrleans).Select(part => $"{type}{use.Where}: {part}"))
            .Distinct();

    private static IEnumerable<(string Where, Type Used)> Uses(Type type)
    {
        foreach (Type above in new[] { type.BaseType }.OfType<Type>().Concat(type.GetInterfaces()))
        {
            yield return (" is a", above);
        }

        foreach (Type constraint in type.GetGenericArguments().Where(part => part.IsGenericParameter)
            .SelectMany(part => part.GetGenericParameterConstraints()))
        {
            yield return (" constrains to", constraint);
        }

        foreach (Type attribute in Attributes(type))
        {
            yield return (" has attribute", attribute);
        }

        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            foreach (Type used in Attributes(member).Concat(UsesOfMember(member)))
            {
                yield return ("." + member.Name, used);
            }
        }
    }

    private static IEnumerable<Type> UsesOfMember(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        EventInfo { EventHandlerType: { } handler } => [handler],
        MethodInfo method => [method.ReturnType, .. Attributes(method.ReturnParameter), .. UsesOfCode(method)],
        ConstructorInfo constructor => UsesOfCode(constructor),
        _ => [],
    };

    private static IEnumerable<Type> UsesOfCode(MethodBase code) =>
    [
        .. code.GetParameters().Select(parameter => parameter.ParameterType),
        .. code.GetParameters().SelectMany(Attributes),
        .. code.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
    ];

    private static IEnumerable<Type> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().Select(attribute => attribute.AttributeType);

    private static IEnumerable<Type> Attributes(ParameterInfo parameter) =>
        parameter.GetCustomAttributesData().Select(attribute => attribute.AttributeType);

    /// <summary>The type itself, what it is an array or reference of, and its generic arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        IEnumerable<Type> inside = type.HasElementType ? [type.GetElementType()!]
            : type.IsGenericType ? type.GetGenericArguments()
            : [];
        return inside.SelectMany(Parts).Prepend(type);
    }

    private static bool IsOrleans(Type type) =>
        type.Namespace is "Orleans" || type.Namespace?.StartsWith("Orleans.", StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true;
}
