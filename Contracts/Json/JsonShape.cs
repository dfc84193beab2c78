using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Json;

/// <summary>The shapes of the JSON that commands write, read off the serialiser itself, in TypeScript's notation.</summary>
public static class JsonShape
{
    /// <summary>Declarations of a type and of every type that it needs, each once.</summary>
    /// <param name="roots">Types that are written.</param>
    /// <param name="before">What stands before each declaration, such as <c>export </c>.</param>
    public static string Of(IEnumerable<Type> roots, string before = "")
    {
        var text = new StringBuilder();
        var waiting = new Queue<Type>(roots);
        var seen = new HashSet<Type>(waiting);
        while (waiting.TryDequeue(out Type? type))
        {
            Write(type, text.Append(before), needed =>
            {
                if (seen.Add(needed))
                {
                    waiting.Enqueue(needed);
                }
            });
        }

        return text.ToString();
    }

    private static void Write(Type type, StringBuilder text, Action<Type> need)
    {
        JsonTypeInfo info = ResultsJson.Indented.GetTypeInfo(type);
        if (info.PolymorphismOptions is { } cases)
        {
            text.Append("type ").Append(type.Name).Append(" =\n");
            foreach (JsonDerivedType kind in cases.DerivedTypes)
            {
                string members = string.Join(", ", Members(ResultsJson.Indented.GetTypeInfo(kind.DerivedType), need));
                text.Append("  | { ").Append(cases.TypeDiscriminatorPropertyName).Append(": \"").Append(kind.TypeDiscriminator).Append('"')
                    .Append(members.Length > 0 ? ", " : "").Append(members).Append(" }\n");
            }

            text.Append('\n');
            return;
        }

        text.Append("interface ").Append(type.Name).Append(" {\n");
        foreach (string member in Members(info, need))
        {
            text.Append("  ").Append(member).Append('\n');
        }

        text.Append("}\n\n");
    }

    private static IEnumerable<string> Members(JsonTypeInfo info, Action<Type> need) => info.Properties
        .Where(member => member.Get is not null)
        .Select(member => $"{member.Name}: {Word(member.PropertyType, need)}{(IsNullable(member) ? " | null" : "")}");

    private static string Word(Type type, Action<Type> need)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string) || plain == typeof(DateTimeOffset) || plain == typeof(TimeSpan))
        {
            return "string";
        }

        if (plain == typeof(bool))
        {
            return "boolean";
        }

        if (plain.IsEnum)
        {
            return string.Join(" | ", Enum.GetNames(plain).Select(name => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}\""));
        }

        if (plain == typeof(JsonElement))
        {
            return "Spec";
        }

        if (plain == typeof(ModelSettings))
        {
            return "{ [setting: string]: number | string }";
        }

        if (plain == typeof(OwnMetrics))
        {
            return "{ [metric: string]: number }";
        }

        if (plain.IsPrimitive)
        {
            return "number";
        }

        Type? item = plain.IsArray ? plain.GetElementType() : plain.IsGenericType ? plain.GetGenericArguments()[0] : null;
        if (item is not null)
        {
            string word = Word(item, need) + (item == typeof(double) || Nullable.GetUnderlyingType(item) is not null ? " | null" : "");
            return word.Contains('|', StringComparison.Ordinal) ? $"({word})[]" : $"{word}[]";
        }

        need(plain);
        return plain.Name;
    }

    // Numbers that are not finite are written as null.
    private static bool IsNullable(JsonPropertyInfo member) =>
        Nullable.GetUnderlyingType(member.PropertyType) is not null
        || member.PropertyType == typeof(double)
        || (member.AttributeProvider is PropertyInfo property
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
}
