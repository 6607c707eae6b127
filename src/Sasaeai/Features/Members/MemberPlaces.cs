using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Areas.Addresses;

namespace Sasaeai.Features.Members;

/// <summary>Puts members on the map, in the middle of the 町丁目 of their address: near enough for ways on foot, and nothing leaves the server to find it.</summary>
public sealed class MemberPlaces(AppDb db, CurrentTown town)
{
    private BlockFinder? blocks;

    /// <summary>Without an address, or with one of no known 町丁目, the person has no place.</summary>
    public async Task PlaceAsync(Member member)
    {
        blocks ??= new BlockFinder((await db.Areas.AsNoTracking().Where(area => area.Kind == AreaKind.Block && area.EndsOn == null).Select(area => new { area.Id, area.Name, area.Lat, area.Lng }).ToListAsync())
            .Select(area => new TownBlock(area.Id, area.Name, null, area.Lat, area.Lng)), town.Municipality.Prefecture, town.Municipality.Name);
        var block = member.Address == "" ? null : blocks.Find(member.Address).Block;
        member.Place(block?.Lat, block?.Lng);
    }
}
