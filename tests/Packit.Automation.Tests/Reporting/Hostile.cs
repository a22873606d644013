using System.Reflection;

namespace Packit.Automation.Tests.Reporting;

/// <summary>Makes arguments in which every text is what somebody wanted to smuggle in.</summary>
internal static class Hostile
{
    /// <summary>
    /// Texts that are not foreign, each name with what it holds: the word that commands begin with, addresses of the service's pages and of
    /// remotes, whose hosts are settings, ids of commits, names from closed lists, and what a project wants to be told in its own words.
    /// </summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["prefix"] = "/packit",
        ["commandPrefix"] = "/packit",
        ["page"] = "https://packit.example/jobs/1",
        ["pages"] = "https://packit.example/jobs/1",
        ["dashboardUrl"] = "https://packit.example/jobs/1",
        ["distGitUrl"] = "https://src.example/rpms/hello",
        ["webUrl"] = "https://koji.example/task/1",
        ["url"] = "https://src.example/rpms/hello/pull-request/1",
        ["pullRequests"] = "https://src.example/rpms/hello/pull-request/1",
        ["evidence"] = "https://src.example/rpms/hello/pull-request/1",
        ["issue"] = "https://github.example/packit/notifications/issues/1",
        ["commit"] = "0123456789012345678901234567890123456789",
        ["reference"] = "0123456789012345678901234567890123456789",
        ["commitSha"] = "0123456789012345678901234567890123456789",
        ["file"] = ".packit.yaml",
        ["job"] = "koji_build",
        ["advice"] = "See there.",
        ["projectMessage"] = "Ask our team.",
    };

    public static object? Make(Type type, string name, string value, int depth = 0)
    {
        if (type == typeof(string))
        {
            return Own.GetValueOrDefault(name, value);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Make(inner, name, value, depth);
        }

        return type switch
        {
            { IsEnum: true } => Enum.GetValues(type).GetValue(0),
            { IsArray: true } => ArrayOf(type.GetElementType()!, name, value, depth),
            { IsGenericType: true, IsInterface: true } when type.GetGenericArguments() is [var element] => ArrayOf(element, name, value, depth),
            { IsGenericType: true, IsInterface: true } => null,
            { IsPrimitive: true } => Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
            _ when type == typeof(DateTime) => DateTime.UnixEpoch,
            _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 2),
            _ when type == typeof(TimeSpan) => TimeSpan.FromHours(5),
            _ when type == typeof(Uri) => new Uri("https://packit.example/"),
            _ when type == typeof(Exception) => new InvalidOperationException(value),
            _ when depth > 5 => null,
            _ => New(type, value, depth),
        };
    }

    private static Array ArrayOf(Type element, string name, string value, int depth)
    {
        var made = depth > 5 ? null : Make(element, name, value, depth + 1);
        var array = Array.CreateInstance(element, made is null ? 0 : 1);
        if (made is not null)
        {
            array.SetValue(made, 0);
        }

        return array;
    }

    private static object? New(Type type, string value, int depth)
    {
        if (type.IsAbstract)
        {
            return type.GetNestedTypes().FirstOrDefault(nested => nested is { IsAbstract: false } && type.IsAssignableFrom(nested)) is { } first
                ? New(first, value, depth)
                : null;
        }

        if (type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).FirstOrDefault() is not { } longest)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        var made = longest.Invoke([.. longest.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name!, value, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanWrite: true, CanRead: true } && property.GetIndexParameters().Length == 0 && longest.GetParameters().Length == 0))
        {
            property.SetValue(made, Make(property.PropertyType, property.Name, value, depth + 1));
        }

        return made;
    }
}
