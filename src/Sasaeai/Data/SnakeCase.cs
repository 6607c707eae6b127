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

    public static string From<T>(T value) where T : struct, Enum => From(value.ToString());

    public static T To<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Boundary();

    private sealed class EnumText<T>() : ValueConverter<T, string>(value => From(value), text => To<T>(text)) where T : struct, Enum;
}
