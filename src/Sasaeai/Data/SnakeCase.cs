using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sasaeai.Data;

public static partial class SnakeCase
{
    /// <summary>Tables, columns and enumeration values are written as the SQL files write them.</summary>
    public static void UseSnakeCaseNames(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(From(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(From(property.Name));
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum)
                {
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(EnumText<>).MakeGenericType(type))!);
                }
            }
        }
    }

    public static string From(string name) => Boundary().Replace(name, "_$0").ToLowerInvariant();

    public static string From<T>(T value) where T : struct, Enum => Values<T>.Texts.TryGetValue(value, out var text) ? text : From(value.ToString());

    public static T To<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>Null for what is no value of the enumeration.</summary>
    public static T? Find<T>(string text) where T : struct, Enum => Values<T>.ByText.TryGetValue(text, out var value) ? value : null;

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Boundary();

    private static class Values<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().Distinct().ToDictionary(value => value, value => From(value.ToString()));
        public static readonly Dictionary<string, T> ByText = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    private sealed class EnumText<T>() : ValueConverter<T, string>(value => From(value), text => To<T>(text)) where T : struct, Enum;
}
