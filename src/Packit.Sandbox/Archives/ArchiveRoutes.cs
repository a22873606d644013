using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Archives;

internal static class ArchiveRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ArchiveHost standIn)
    {
    }
}
