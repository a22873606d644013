using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Packit.Automation.Storage;

/// <summary>Columns in snake case, as people type them in psql.</summary>
internal static class SnakeCaseNames
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var column in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            column.SetColumnName(Of(column.Name));
        }
    }

    private static string Of(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
